/** The form of a new launch: what was shown counts only for what the form says; nothing is sent twice. */
const form = document.querySelector('form[data-preview]');
const launch = document.getElementById('launch');

function said(of) {
  return [...new FormData(of)].filter(([name]) => name !== '_csrf' && name !== 'hash')
      .map(([name, value]) => `${name}=${String(value).trim().replaceAll('\r\n', '\n')}`)
      .filter(field => !field.endsWith('=')).sort().join('\n');
}

/** Typed back as it was, what was shown is right again. */
function compare() {
  const same = said(form) === said(launch);
  document.getElementById('preview').hidden = !same;
  document.getElementById('dropped').hidden = same;
  launch.querySelector('button').disabled = !same;
}

if (form) {
  form.elements.startAt.addEventListener('input', event => {
    form.elements.start.value = event.target.value ? 'later' : 'now';
  });
}
if (form && launch) {
  form.addEventListener('input', compare);
  // A browser that goes back may fill in what was typed last.
  window.addEventListener('pageshow', compare);
}
for (const once of document.querySelectorAll('form[data-once]')) {
  let sent = false;
  once.addEventListener('submit', event => {
    if (sent) {
      event.preventDefault();
    }
    sent = true;
    once.setAttribute('aria-busy', 'true');
  });
  window.addEventListener('pageshow', () => {
    sent = false;
    once.removeAttribute('aria-busy');
  });
}
