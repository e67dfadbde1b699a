// My reports: sends what waits on this device, and marks the reports it belongs to.
import { keepSending } from "./bar.js";
import "../offline.js";

const user = document.body.dataset.user;
if (user) keepSending(user);
