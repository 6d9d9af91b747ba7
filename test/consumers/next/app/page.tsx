import { connection } from 'next/server';
import { Reader } from './reader';

/** Rendered on the server for every request. */
export default async function Page() {
  await connection();
  return (
    <main>
      <h1>Draw a digit</h1>
      <Reader />
    </main>
  );
}
