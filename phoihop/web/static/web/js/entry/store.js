// Drafts on the device: one record a report and user, in IndexedDB. Nothing leaves by itself; see queue.js.
const NAME = "phoihop-drafts";

let opened;
let asked;

function database() {
  opened ??= new Promise((resolve, reject) => {
    if (!globalThis.indexedDB) throw new DOMException("No IndexedDB", "NotSupportedError");
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore("drafts", { keyPath: "id" });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opened;
}

async function run(mode, work) {
  const db = await database();
  return new Promise((resolve, reject) => {
    const transaction = db.transaction("drafts", mode);
    const request = work(transaction.objectStore("drafts"));
    transaction.oncomplete = () => resolve(request.result);
    transaction.onerror = () => reject(transaction.error);
    transaction.onabort = () => reject(transaction.error);
  });
}

export const idOf = (user, report) => `${user}/${report}`;
export const read = (id) => run("readonly", (drafts) => drafts.get(id));
export const write = (draft) => run("readwrite", (drafts) => drafts.put(draft));
export const remove = (id) => run("readwrite", (drafts) => drafts.delete(id));
export const all = () => run("readonly", (drafts) => drafts.getAll());
export const ofUser = async (user) => (await all()).filter((draft) => draft.user === user);

// A browser may refuse to keep anything (private windows, a full disk).
export const isThere = () => database().then(() => true, () => false);

// In one transaction, so that nothing typed meanwhile is written over. `change` gives the next draft, null to remove it,
// undefined to leave it.
export function change(id, change) {
  return run("readwrite", (drafts) => {
    const request = drafts.get(id);
    request.onsuccess = () => {
      const next = request.result ? change(request.result) : undefined;
      if (next === null) drafts.delete(id);
      else if (next) drafts.put(next);
    };
    return request;
  });
}

// Asked once a draft is there, so that the browser does not clear it when space is short.
export async function keepForGood() {
  asked ??= (async () => {
    if (navigator.storage?.persist && !(await navigator.storage.persisted())) await navigator.storage.persist();
  })();
  return asked;
}
