/** Puts times into the viewer's zone; the exact one stays in the title. */
const SHORT = { hour: '2-digit', minute: '2-digit', second: '2-digit' };
const LONG = { dateStyle: 'medium', timeStyle: 'short' };
const LIST_EVERY_MS = 5000;

export function zoned(root) {
  for (const time of root.querySelectorAll('time[datetime]:not([data-until])')) {
    const at = new Date(time.dateTime);
    if (!Number.isNaN(at.getTime())) {
      const today = at.toDateString() === new Date().toDateString();
      time.textContent = today ? at.toLocaleTimeString([], SHORT) : at.toLocaleString([], LONG);
    }
  }
}

/** What a page of ours answers, as a document; null: it does not, or something else. */
export async function asked(address) {
  try {
    const answer = await fetch(address, { credentials: 'same-origin' });
    return { status: answer.status,
      page: answer.ok ? new DOMParser().parseFromString(await answer.text(), 'text/html') : null };
  } catch {
    return { status: 0, page: null };
  }
}

/** Rows of the list that differ, as long as one of them goes on and somebody looks. */
async function rows() {
  const now = document.getElementById('launches');
  if (!document.hidden && now?.dataset.live === 'yes') {
    const next = (await asked(location.href)).page?.getElementById('launches');
    if (next) {
      renewed(now, next);
    }
  }
  if (document.getElementById('launches')?.dataset.live === 'yes') {
    setTimeout(rows, LIST_EVERY_MS);
  }
}

function renewed(now, next) {
  const focused = now.contains(document.activeElement) ? document.activeElement.getAttribute('href') : null;
  zoned(next);
  if (now.innerHTML !== next.innerHTML) {
    now.replaceChildren(...next.childNodes);
  }
  now.dataset.live = next.dataset.live;
  if (focused) {
    now.querySelector(`a[href="${CSS.escape(focused)}"]`)?.focus();
  }
}

zoned(document);
document.body.addEventListener('htmx:afterSwap', event => zoned(event.target));
if (document.getElementById('launches')?.dataset.live === 'yes') {
  setTimeout(rows, LIST_EVERY_MS);
}
