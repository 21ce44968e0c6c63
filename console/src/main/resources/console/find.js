/** The key / leads to the field that finds. Whoever dictates, or types by accident, can turn it off. */
const OFF = 'console-key-off';
const field = document.getElementById('find');
const choice = document.getElementById('find-key');

function isOff() {
  return localStorage.getItem(OFF) !== null;
}

document.addEventListener('keydown', event => {
  const typing = event.target.closest('input, textarea, select, [contenteditable]');
  if (event.key === '/' && field && !typing && !event.ctrlKey && !event.metaKey && !event.altKey && !isOff()) {
    event.preventDefault();
    field.focus();
    field.select();
  }
});

if (choice) {
  choice.hidden = false;
  const box = choice.querySelector('input');
  box.checked = !isOff();
  box.addEventListener('change', () => box.checked ? localStorage.removeItem(OFF) : localStorage.setItem(OFF, ''));
}
