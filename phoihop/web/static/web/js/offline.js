// Registers the worker that keeps the form's pages at hand without a network.
if ("serviceWorker" in navigator && document.body.dataset.worker) {
  navigator.serviceWorker.register(document.body.dataset.worker, { scope: "/" }).catch(() => {});
}

const user = document.body.dataset.user;
if (user) navigator.serviceWorker?.ready.then((registration) => registration.active?.postMessage({ user, page: location.pathname }));
