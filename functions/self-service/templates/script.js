// Every page works without this.

// A second click while a form is on its way sends nothing. A page that comes back from the browser's
// history can be used again.
const busy = new Set();
document.addEventListener("submit", (event) => {
  if (busy.has(event.target)) {
    event.preventDefault();
  } else if (!event.defaultPrevented && event.target.method === "post") {
    busy.add(event.target);
  }
});
window.addEventListener("pageshow", () => busy.clear());
