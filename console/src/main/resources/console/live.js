/** Puts times into the viewer's zone; the exact one stays in the title. */
const SHORT = { hour: '2-digit', minute: '2-digit', second: '2-digit' };
const LONG = { dateStyle: 'medium', timeStyle: 'short' };

function zoned(root) {
  for (const time of root.querySelectorAll('time[datetime]:not([data-until])')) {
    const at = new Date(time.dateTime);
    if (!Number.isNaN(at.getTime())) {
      const today = at.toDateString() === new Date().toDateString();
      time.textContent = today ? at.toLocaleTimeString([], SHORT) : at.toLocaleString([], LONG);
    }
  }
}

zoned(document);
document.body.addEventListener('htmx:afterSwap', event => zoned(event.target));
