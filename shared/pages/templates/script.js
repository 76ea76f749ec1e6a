// Every page works without this.

// The browser's time zone, for readers who chose none.
const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
if (timeZone) document.cookie = `zone=${timeZone}; path=/; max-age=31536000; samesite=lax; secure`;

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

// A long list goes on by itself once it was begun: each answer brings the next part's form.
document.addEventListener("submit", async (event) => {
  let form = event.target;
  if (event.defaultPrevented || !form.matches("[data-goes-on]")) return;
  event.preventDefault();
  const wish = form.querySelector("[name=wish]").value;
  try {
    while (form) {
      const body = new URLSearchParams(new FormData(form));
      body.set("wish", wish);
      const answer = await fetch(form.action, { method: "POST", body });
      if (!answer.ok) throw answer.status;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const main = page.querySelector("main");
      document.querySelector("main").replaceWith(main);
      document.title = page.title;
      form = main.querySelector("[data-goes-on]");
      if (!form) {
        main.tabIndex = -1;
        main.focus();
      }
    }
  } catch {
    // The page says how far it came, and goes on when asked.
    location.reload();
  }
});
