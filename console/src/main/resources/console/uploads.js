/** Sends files with a bar for each, several at once, and videos in parts; what was cut off goes on where it was. */
import { Sha256 } from './sha256.js';

const PART_BYTES = 4 * 1024 * 1024;
const TRIES_MAX = 8;
const PAUSE_MS = 1000;
const PAUSE_MS_MAX = 30000;
const PASSING = [0, 408, 409, 429, 502, 503, 504];
const csrf = JSON.parse(document.body.getAttribute('hx-headers'))['X-CSRF-TOKEN'];

class Refused extends Error {}

const pause = ms => new Promise(done => setTimeout(done, ms));

/** One request. Rejects with nothing: an answer that did not come has the status 0. */
function ask(method, address, body, onBytes, headers = {}) {
  return new Promise(done => {
    const request = new XMLHttpRequest();
    request.open(method, address);
    request.setRequestHeader('X-CSRF-TOKEN', csrf);
    Object.entries(headers).forEach(([name, value]) => request.setRequestHeader(name, value));
    request.upload.onprogress = event => onBytes?.(event.loaded, event.total);
    request.onloadend = () => done({
      status: request.status, text: request.responseText, after: Number(request.getResponseHeader('Retry-After')),
    });
    request.send(body);
  });
}

function json(answer) {
  try {
    return JSON.parse(answer.text);
  } catch {
    return {};
  }
}

/** Asks again for a while where that may help. */
async function patiently(once, say) {
  for (let tried = 1; ; tried++) {
    const answer = await once();
    if (answer.status >= 200 && answer.status < 300) {
      return json(answer);
    }
    if (!PASSING.includes(answer.status) || tried === TRIES_MAX) {
      throw new Refused(json(answer).sentence ?? 'It was not taken, and nobody said why.');
    }
    const ms = Math.min(PAUSE_MS_MAX, answer.after > 0 ? answer.after * 1000 : PAUSE_MS * 2 ** (tried - 1));
    say(`cut off; goes on by itself in ${Math.ceil(ms / 1000)} s`);
    await pause(ms);
  }
}

async function hash(file, say) {
  const sha = new Sha256();
  for (let at = 0; at < file.size; at += PART_BYTES) {
    sha.update(new Uint8Array(await file.slice(at, at + PART_BYTES).arrayBuffer()));
    say(`looked at, ${Math.round(100 * Math.min(1, (at + PART_BYTES) / file.size))} %`);
  }
  return sha.hex();
}

async function sendImage(file, place, name, shown) {
  const query = new URLSearchParams({ ...place, name });
  await patiently(() => ask('POST', `/console/media/images/raw?${query}`, file, shown.bytes,
      { 'Content-Type': 'application/octet-stream' }), shown.say);
  shown.done('there');
}

async function sendVideo(file, place, name, shown) {
  const sha256 = await hash(file, shown.say);
  const at = `/console/media/videos/${encodeURIComponent(place.adAccountId)}/${sha256}`;
  const begin = JSON.stringify({ ...place, sha256, bytes: file.size, name });
  const begun = () => ask('POST', '/console/media/videos', begin, null, { 'Content-Type': 'application/json' });
  let state = await patiently(begun, shown.say);
  while (state.state === 'UPLOADING') {
    const { offset } = state;
    const part = file.slice(offset, Math.min(state.end, offset + PART_BYTES));
    const query = new URLSearchParams({ offset, credentialId: place.credentialId });
    const answer = await ask('POST', `${at}?${query}`, part, bytes => shown.bytes(offset + bytes, file.size),
        { 'Content-Type': 'application/octet-stream' });
    if (answer.status >= 200 && answer.status < 300) {
      state = json(answer);
    } else if (PASSING.includes(answer.status)) {
      shown.say('cut off; goes on by itself');
      await pause(answer.after > 0 ? answer.after * 1000 : PAUSE_MS);
      state = await patiently(() => ask('GET', at), shown.say);
    } else {
      throw new Refused(json(answer).sentence ?? 'It was not taken, and nobody said why.');
    }
  }
  while (['STARTING', 'FINISHING'].includes(state.state)) {
    await pause(PAUSE_MS);
    state = await patiently(() => ask('GET', at), shown.say);
  }
  if (['ERROR', 'EXPIRED'].includes(state.state)) {
    throw new Refused(state.problem ?? 'Facebook cannot show it.');
  }
  shown.done(state.state === 'READY' ? 'there' : 'there; Facebook encodes it, and a launch waits for that');
}

/** A line for a file: its name, a bar, and what is going on. */
function line(list, name) {
  const item = list.appendChild(document.createElement('li'));
  item.append(name, ' ');
  const bar = item.appendChild(document.createElement('progress'));
  bar.max = 1;
  bar.value = 0;
  bar.setAttribute('aria-label', `${name} is sent`);
  const words = item.appendChild(document.createElement('span'));
  const say = text => { words.textContent = ` ${text}`; };
  const end = (tone, text) => {
    bar.remove();
    item.className = tone;
    say(text);
  };
  return {
    say,
    bytes: (sent, all) => {
      bar.value = all ? sent / all : 0;
      say(`${Math.floor(100 * bar.value)} %`);
    },
    done: text => end('good', text),
    failed: text => end('bad', text),
  };
}

async function sendAll(form) {
  const data = new FormData(form);
  const place = { adAccountId: data.get('adAccountId').trim(), credentialId: data.get('credentialId') };
  if (data.get('upload')) {
    place.upload = data.get('upload');
  }
  const wanted = [...form.querySelectorAll('[data-wanted]')].map(input => input.value);
  const list = form.querySelector('.uploads');
  list.replaceChildren();
  let sent = 0;
  for (const file of data.getAll('file')) {
    const shown = line(list, file.name);
    // A table may name a file with its folder.
    const name = wanted.find(one => one === file.name || one.split(/[\\/]/).pop() === file.name);
    if (wanted.length && !name) {
      shown.failed('is not named in the table, so it was not sent');
      continue;
    }
    try {
      await (file.type.startsWith('video/') ? sendVideo : sendImage)(file, place, name ?? file.name, shown);
      sent++;
    } catch (error) {
      if (!(error instanceof Refused)) {
        throw error;
      }
      shown.failed(error.message);
    }
  }
  return sent;
}

function uploads(form) {
  const input = form.querySelector('input[type=file]');
  input.multiple = true;
  input.accept += ',video/*';
  form.querySelector(`label[for=${input.id}]`).textContent = 'Images and videos, several at once';
  let busy = false;
  form.addEventListener('submit', async event => {
    event.preventDefault();
    if (busy) {
      return;
    }
    busy = true;
    form.setAttribute('aria-busy', 'true');
    const sent = await sendAll(form).finally(() => {
      busy = false;
      form.removeAttribute('aria-busy');
    });
    if (sent && form.dataset.then) {
      document.getElementById(form.dataset.then).requestSubmit();
    } else if (sent) {
      await list();
    }
  });
}

/** What is known now, without leaving what is said of the files that were sent. */
async function list() {
  const account = document.getElementById('f-adAccountId').value.trim();
  const answer = await ask('GET', `/console/media?${new URLSearchParams({ adAccountId: account })}`);
  const now = new DOMParser().parseFromString(answer.text, 'text/html').getElementById('media');
  if (answer.status === 200 && now) {
    document.getElementById('media').replaceWith(now);
    swapped(now);
  }
}

/** A table file: it stays chosen, and is sent again to be launched. */
function table(form) {
  const input = form.querySelector('input[type=file]');
  const result = document.getElementById('result');
  form.addEventListener('input', () => result.replaceChildren());
  sends(form, () => {
    const tooLarge = input.files[0].size > Number(form.dataset.bytes);
    if (tooLarge) {
      result.replaceChildren(problem('The file is too large. At most 10 MiB are taken.'));
    }
    return !tooLarge;
  });
  function found() {
    const launch = result.querySelector('[data-launch]');
    if (launch) {
      const again = launch.querySelector('input[type=file]');
      again.files = input.files;
      again.closest('.field').hidden = true;
      sends(launch, () => true);
    }
    result.querySelectorAll('[data-uploads]').forEach(uploads);
  }

  function sends(sent, may) {
    let busy = false;
    sent.addEventListener('submit', async event => {
      event.preventDefault();
      if (busy || !may()) {
        return;
      }
      busy = true;
      sent.setAttribute('aria-busy', 'true');
      const bar = sent.querySelector('progress');
      bar.hidden = false;
      const answer = await ask('POST', sent.action, new FormData(sent), (bytes, all) => { bar.value = bytes / all; });
      bar.hidden = true;
      busy = false;
      sent.removeAttribute('aria-busy');
      show(answer);
    });
  }

  function show(answer) {
    const page = new DOMParser().parseFromString(answer.text, 'text/html');
    const now = page.getElementById('result') ?? page.querySelector('.problem');
    result.replaceChildren(...(now ? now.id ? now.childNodes : [now]
        : [problem('No answer came. Nothing is lost: send it again.')]));
    swapped(result);
    found();
    const first = result.querySelector('[autofocus]') ?? result.firstElementChild;
    first.tabIndex = -1;
    first.focus();
  }
}

/** For whoever looks after what comes into a page. */
function swapped(part) {
  part.dispatchEvent(new Event('htmx:afterSwap', { bubbles: true }));
}

function problem(text) {
  const box = document.createElement('div');
  box.className = 'problem';
  box.setAttribute('role', 'alert');
  box.appendChild(document.createElement('p')).textContent = text;
  return box;
}

document.querySelectorAll('[data-uploads]').forEach(uploads);
document.querySelectorAll('[data-check]').forEach(table);
