// Registers the worker that keeps pages at hand without a network: this one, and the forms it names as due.
if ("serviceWorker" in navigator && document.body.dataset.worker) {
  const sends = "SyncManager" in window && "cookieStore" in window; // such a browser runs a worker made of modules too
  const [address, type] = sends ? [`${document.body.dataset.worker}?sync`, "module"] : [document.body.dataset.worker, "classic"];
  navigator.serviceWorker.register(address, { scope: "/", type }).catch(() => {});
}

const user = document.body.dataset.user;
const forms = [...document.querySelectorAll("[data-due-form]")].map((link) => link.pathname); // soonest due first
if (user) navigator.serviceWorker?.ready.then((registration) => registration.active?.postMessage({ user, page: location.pathname, forms }));
