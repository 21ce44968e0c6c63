/** Looks again while a launch is under way and somebody can see it; has a button copy what Facebook's support asks for. */
const EVERY = 3000;

function box() {
  return document.getElementById('calls');
}

function ready() {
  for (const time of document.querySelectorAll('#calls td time')) {
    time.title = time.dateTime;
  }
  for (const trace of document.querySelectorAll('#calls td code')) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'quiet copy';
    button.textContent = 'Copy';
    button.setAttribute('aria-label', 'Copy ' + trace.textContent);
    trace.after(button);
  }
}

async function copied(button) {
  const trace = button.previousElementSibling;
  try {
    await navigator.clipboard.writeText(trace.textContent);
    button.textContent = 'Copied';
  } catch {
    getSelection().selectAllChildren(trace); // not allowed here: then a key does it
  }
}

document.addEventListener('click', event => {
  const button = event.target.closest('button.copy');
  if (button) {
    copied(button);
  }
});

/** What was open stays open, and the keyboard where it was. */
let open = [];
let focused = null;
document.body.addEventListener('htmx:beforeSwap', () => {
  open = [...box().querySelectorAll('details[open]')].map(one => one.id);
  focused = document.activeElement.closest('details')?.id;
});
document.body.addEventListener('htmx:afterSwap', () => {
  for (const id of open) {
    document.getElementById(id)?.setAttribute('open', '');
  }
  if (focused) {
    document.getElementById(focused)?.querySelector('summary').focus({ preventScroll: true });
  }
  ready();
});

ready();
setInterval(() => {
  if (box().dataset.live === 'yes' && document.visibilityState === 'visible') {
    box().dispatchEvent(new Event('look'));
  }
}, EVERY);
