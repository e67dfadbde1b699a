// Registers the worker that keeps pages at hand without a network: this one, and the forms it names as due.
if ("serviceWorker" in navigator && document.body.dataset.worker) {
  navigator.serviceWorker.register(document.body.dataset.worker, { scope: "/" }).catch(() => {});
}

const user = document.body.dataset.user;
const forms = [...document.querySelectorAll("[data-due-form]")].map((link) => link.pathname); // soonest due first
if (user) navigator.serviceWorker?.ready.then((registration) => registration.active?.postMessage({ user, page: location.pathname, forms }));
