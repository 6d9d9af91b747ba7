/**
 * Where profiles are kept: one IndexedDB database with one table.
 *
 * The database is opened for each use and closed again, so that another tab, or the browser's settings, can delete it at
 * any time.
 */
const DATABASE = 'digit-recognizer';
const TABLE = 'profiles';

/** A profile's key: its name, and the model that it belongs to. */
export type ProfileKey = readonly [name: string, model: string];

/** @throws {DOMException} as IndexedDB does, when storage is refused, full or broken */
export async function readRecord(key: ProfileKey): Promise<unknown> {
  let record: unknown;
  await transact('readonly', (table) => {
    const request = table.get([...key]);
    request.onsuccess = () => {
      record = request.result as unknown;
    };
  });
  return record;
}

/**
 * Changes a record in one transaction, so that no other tab can write between reading and writing.
 *
 * @param change gets what is there, undefined where nothing is; returns what is to be kept, undefined to leave it alone
 * @throws {DOMException} as IndexedDB does; whatever `change` throws
 */
export async function updateRecord(key: ProfileKey, change: (record: unknown) => unknown): Promise<void> {
  await transact('readwrite', (table, fail) => {
    const request = table.get([...key]);
    request.onsuccess = () => {
      try {
        const changed = change(request.result);
        if (changed !== undefined) table.put(changed, [...key]);
      } catch (error) {
        fail(error);
      }
    };
  });
}

/** Deletes the profiles of a name, for every model. @throws {DOMException} as IndexedDB does */
export async function deleteRecords(name: string): Promise<void> {
  // An array is greater than any text.
  await transact('readwrite', (table) => table.delete(IDBKeyRange.bound([name], [name, []])));
}

async function transact(
  mode: IDBTransactionMode,
  use: (table: IDBObjectStore, fail: (error: unknown) => void) => void,
): Promise<void> {
  const database = await open();
  try {
    await new Promise<void>((resolve, reject) => {
      const transaction = database.transaction(TABLE, mode);
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error ?? new DOMException('Aborted', 'AbortError'));
      // A browser that closes the database by force does not always abort what is under way.
      database.onclose = () => reject(new DOMException('The database was closed.', 'AbortError'));
      use(transaction.objectStore(TABLE), (error) => {
        reject(error instanceof Error ? error : new Error(String(error)));
        transaction.abort();
      });
    });
  } finally {
    database.close();
  }
}

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    // Where storage is refused, even asking may throw.
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(TABLE);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new DOMException('Refused', 'UnknownError'));
  });
}
