/** Makes the forms of the marketplace nicer. Everything can be done without it. */
const KEYS = 'market-keys';

/* What was typed stays until it was taken, also over a log-in in between; for this tab and this person alone. */
function keep(form) {
  const slot = `typed ${form.dataset.keep} ${location.pathname}`;
  const fields = () => [...form.elements].filter(one => one.name && one.name !== '_csrf');
  const typed = () => fields().filter(one => one.type !== 'radio' || one.checked).map(one => [one.name, one.value]);
  const save = () => sessionStorage.setItem(slot, JSON.stringify(typed()));
  const stored = sessionStorage.getItem(slot);
  if (stored && form.dataset.fresh === 'true') {
    for (const [name, value] of JSON.parse(stored)) {
      for (const one of fields().filter(field => field.name === name)) {
        if (one.type === 'radio') { one.checked = one.value === value; } else { one.value = value; }
      }
    }
    const note = form.querySelector('[data-kept]');
    note.hidden = false;
    note.querySelector('button').addEventListener('click', () => {
      sessionStorage.removeItem(slot);
      location.reload();
    });
  }
  form.addEventListener('input', save);
  form.addEventListener('submit', () => { save(); sessionStorage.setItem(`sent ${location.pathname}`, slot); });
}

/* Whoever sent a form and is on another page now has had it taken. */
function forgetTaken() {
  for (const sent of Object.keys(sessionStorage)) {
    if (sent.startsWith('sent ') && sent !== `sent ${location.pathname}`) {
      sessionStorage.removeItem(sessionStorage.getItem(sent));
      sessionStorage.removeItem(sent);
    }
  }
}

/* A second click while the first is on its way sends nothing. */
function once(form) {
  form.addEventListener('submit', event => {
    if (form.dataset.sent) { event.preventDefault(); }
    form.dataset.sent = 'true';
  });
  addEventListener('pageshow', () => delete form.dataset.sent);
}

function chips(box) {
  const field = document.getElementById(box.dataset.fills);
  box.hidden = false;
  box.addEventListener('click', event => {
    if (event.target.matches('button')) { field.value = event.target.textContent; field.focus(); }
  });
}

function localTime(output) {
  const field = document.getElementById(output.dataset.of);
  const show = () => {
    const at = new Date(`${field.value}Z`);
    output.textContent = Number.isNaN(at.getTime()) ? ''
      : `That is ${at.toLocaleString([], { dateStyle: 'medium', timeStyle: 'short' })} where you are.`;
  };
  field.addEventListener('input', show);
  show();
}

function openFor(id, focus) {
  const box = document.getElementById(id);
  if (box) { box.open = true; box.querySelector(focus).focus(); }
}

function step(by) {
  const links = [...document.querySelectorAll('.queue-list a')];
  const here = links.findIndex(link => link.hasAttribute('aria-current'));
  links[here < 0 ? 0 : here + by]?.click();
}

const COMMANDS = {
  j: () => step(1),
  k: () => step(-1),
  a: () => openFor('approve', 'button'),
  r: () => openFor('reject', 'input[name=reason]')
};

function keys(help) {
  const box = help.querySelector('input');
  box.checked = localStorage.getItem(KEYS) !== 'off';
  box.addEventListener('change', () => localStorage.setItem(KEYS, box.checked ? 'on' : 'off'));
  help.hidden = false;
  document.addEventListener('keydown', event => {
    const typing = event.target.closest('input:not([type=checkbox]), textarea, select, [contenteditable]');
    if (!box.checked || typing || event.ctrlKey || event.metaKey || event.altKey || event.repeat) { return; }
    const command = COMMANDS[event.key];
    if (command) { event.preventDefault(); command(); }
  });
}

function showOpen(list) {
  const open = list.querySelector('[aria-current]');
  if (open) { list.scrollTop = open.offsetTop - list.offsetTop; }
}

forgetTaken();
document.querySelectorAll('.queue-list').forEach(showOpen);
document.querySelectorAll('form[data-keep]').forEach(keep);
document.querySelectorAll('main form[method=post]').forEach(once);
document.querySelectorAll('[data-fills]').forEach(chips);
document.querySelectorAll('[data-of]').forEach(localTime);
document.querySelectorAll('[data-keys]').forEach(keys);
