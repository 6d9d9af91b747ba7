/**
 * Stores profiles in an IndexedDB database with a single object store.
 *
 * The database is opened for each use and closed again, so that another tab or the browser's settings can delete it at
 * any time.
 */
const DATABASE = 'digit-recognizer';
const TABLE = 'profiles';

/** A profile's key: its name and its model. */
export type ProfileKey = readonly [name: string, model: string];

/** @throws {DOMException} as IndexedDB does, if storage is refused, full or broken */
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
 * Updates a record in one transaction, so that no other tab can write between reading and writing.
 *
 * @param change receives the record, undefined if there is none; returns the new record, undefined to leave it
 *   unchanged
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

/**
 * Deletes a name's profiles, for every model.
 * @throws {DOMException} as IndexedDB does
 */
export async function deleteRecords(name: string): Promise<void> {
  // Arrays compare greater than any string.
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
      // A browser that force-closes the database does not always abort in-flight transactions.
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
    // If storage is refused, even this may throw.
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(TABLE);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new DOMException('Refused', 'UnknownError'));
  });
}
