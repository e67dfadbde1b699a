{% if sync %}import { sendWaiting } from "{{ sync }}";

self.addEventListener("sync", (event) => {
  if (event.tag === "drafts") event.waitUntil(sendWaiting());
});

{% endif %}// Keeps the form's pages and their files at hand. A page is always asked for first; its copy answers only when nobody does.
const FILES = "phoihop-files-{{ build }}";
const PAGES = "phoihop-pages";
const MOST_FORMS = 20; // kept unasked; others once they are opened
const SHELL = {{ shell|safe }};

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(FILES).then((cache) => cache.addAll(SHELL)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) if (name.startsWith("phoihop-files-") && name !== FILES) await caches.delete(name);
    await self.clients.claim();
  })());
});

// Only the officer's own pages are kept: my reports and the forms.
const isKept = (url) => url.pathname === "{{ home }}" || /^\/bao-cao\/[0-9]+\/nhap\/$/.test(url.pathname);

async function page(request) {
  const cache = await caches.open(PAGES);
  try {
    const response = await fetch(request);
    if (response.ok && !response.redirected && response.type === "basic") await cache.put(request.url, response.clone());
    return response;
  } catch (fault) {
    const kept = await cache.match(request.url, { ignoreVary: true });
    if (kept) return kept;
    return (await caches.match("{{ offline }}")) ?? Response.error();
  }
}

async function file(request) {
  const kept = await caches.match(request, { ignoreVary: true });
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok) (await caches.open(FILES)).put(request, response.clone());
  return response;
}

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== location.origin) return;
  if (url.pathname.startsWith("{{ static }}")) event.respondWith(file(event.request));
  else if (event.request.mode === "navigate") {
    if (isKept(url)) event.respondWith(page(event.request));
    else event.respondWith(fetch(event.request).catch(async () => (await caches.match("{{ offline }}")) ?? Response.error()));
  }
});

// The pages belong to one user: at sign-out, and when somebody else signs in on this device, they go.
async function belongTo(user) {
  const owner = await (await caches.open(PAGES)).match("owner");
  if (owner && (await owner.text()) !== user) await caches.delete(PAGES);
  await (await caches.open(PAGES)).put("owner", new Response(user));
}

// Forms of reports that are due, named by the list: one after another, and only those not kept yet.
async function keepForms(addresses) {
  for (const address of addresses.slice(0, MOST_FORMS)) await keepAtHand(address);
}

// The first visit was before this worker was in charge: what it showed is fetched once more, and the list that leads to all.
async function keepAtHand(address) {
  const url = new URL(address, location.href);
  const cache = await caches.open(PAGES);
  if (!isKept(url) || (await cache.match(url.href, { ignoreVary: true }))) return;
  const response = await fetch(url.href).catch(() => null);
  if (response?.ok && !response.redirected) await cache.put(url.href, response);
}

self.addEventListener("message", (event) => {
  if (event.data === "forget") event.waitUntil(caches.delete(PAGES));
  else if (event.data?.user) {
    event.waitUntil((async () => {
      await belongTo(event.data.user);
      await Promise.all(["{{ home }}", event.data.page].map(keepAtHand));
      await keepForms(event.data.forms ?? []);
    })());
  }
});
