/**
 * One launch, live. Bars move by the events of its stream alone. What happened is asked for in words at most once in a while, however
 * many events there are, and the page anew only where the launch takes a step. After the last event nothing is asked for any more.
 */
import { asked, zoned } from './live.js';

const WORDS_EVERY_MS = 1000;
const BACK_AFTER_MS = 1000;
const BACK_AFTER_MAX_MS = 30000;

const launch = () => document.getElementById('launch');
const address = () => '/console/jobs/' + launch().dataset.job;
const newest = () => Number(document.querySelector('#story li')?.dataset.version ?? -1);

let stream = null;
let version = -1;
let step = '';
let wanted = '';
let asking = false;
let backAfter = BACK_AFTER_MS;
let back = 0;

/** What has to be the same for the words of the page to be right but for its story. */
function stepOf(event) {
  return [event.status, event.phase, event.rollback?.awaitingConfirmation, event.cancelled !== null && !!event.cancelled,
    event.lastError, event.startAt].join('|');
}

function bar(kind, made, of) {
  const progress = document.querySelector(`#now progress[data-kind="${kind}"]`);
  if (progress) {
    progress.max = Math.max(1, of);
    progress.value = made;
    document.querySelector(`#now [data-made="${kind}"]`).textContent = made;
  }
}

function waits(until) {
  const wait = document.getElementById('wait');
  if (wait) {
    wait.hidden = !until;
    const time = wait.querySelector('time');
    time.dateTime = until ?? '';
    time.title = until ?? '';
    counted(time);
  }
}

function counted(time) {
  const left = Math.ceil((new Date(time.dateTime) - Date.now()) / 1000);
  if (!Number.isNaN(left)) {
    time.textContent = left > 90 ? 'in ' + Math.ceil(left / 60) + ' min' : left > 0 ? 'in ' + left + ' s' : 'in a moment';
  }
}

function travelled(shown, all) {
  const at = document.getElementById('at');
  if (at) {
    at.max = all;
    at.value = shown;
    document.getElementById('shown').textContent = shown;
    document.getElementById('all').textContent = all;
    document.getElementById('travel').hidden = all < 1;
  }
}

/** From what is live one goes back to what was before. */
function leads() {
  for (const [id, at] of [['first', 0], ['previous', version - 1]]) {
    const link = document.getElementById(id);
    if (link && version > 0) {
      link.href = address() + '?at=' + at;
      link.setAttribute('hx-get', address() + '/now?at=' + at);
      link.removeAttribute('aria-disabled');
      window.htmx.process(link);
    }
  }
}

function took(message) {
  const event = JSON.parse(message.data);
  if (message.type === 'settled') {
    close();
  }
  if (event.version <= version) {
    return;
  }
  version = event.version;
  online();
  bar('adSets', event.created?.adSets ?? 0, event.requested?.adSets ?? 0);
  bar('ads', event.created?.ads ?? 0, event.requested?.ads ?? 0);
  bar('campaign', event.facebookCampaignId ? 1 : 0, 1);
  waits(event.waitingUntil);
  travelled(version, version);
  leads();
  const taken = stepOf(event);
  want(message.type === 'settled' || taken !== step ? 'page' : 'words');
  step = taken;
}

/** Asks once for a burst of events: for the page, where one of them changed more than the story. */
function want(what) {
  wanted = what === 'page' || wanted === 'page' ? 'page' : 'words';
  if (!asking) {
    asking = true;
    setTimeout(ask, 0);
  }
}

async function ask() {
  const what = wanted;
  wanted = '';
  const answer = what === 'page' || newest() < 0 ? await renew() : await words();
  if (answer !== 200 && answer !== 404) {
    wanted = what;
  }
  setTimeout(() => {
    asking = false;
    if (wanted && launch()?.dataset.now === 'yes') {
      want(wanted);
    }
  }, answer === 200 ? WORDS_EVERY_MS : BACK_AFTER_MS);
}

async function words() {
  const last = newest();
  const answer = await asked(address() + '/story?after=' + last);
  const more = [...answer.page?.querySelectorAll('#story li') ?? []].filter(line => Number(line.dataset.version) > newest());
  if (launch().dataset.now === 'yes' && more.length > 0 && newest() === last) {
    more.forEach(zoned);
    document.getElementById('story').prepend(...more);
  }
  return answer.status;
}

/** The whole page but for what somebody is typing. */
async function renew() {
  const answer = await asked(address() + '/now');
  const next = answer.page?.getElementById('launch');
  if (next && launch().dataset.now === 'yes') {
    zoned(next);
    replaced(next);
    told();
  }
  return answer.status;
}

function replaced(next) {
  const now = launch();
  const open = new Map([...now.querySelectorAll('details[id]')].map(one => [one.id, one.open]));
  const keep = next.dataset.stage === now.dataset.stage ? now.querySelector('#decide') : null;
  next.querySelectorAll('details[id]').forEach(one => { one.open = open.get(one.id) ?? one.open; });
  if (keep) {
    next.querySelector('#decide')?.replaceWith(keep);
  }
  // Events that came meanwhile are not taken back.
  if (Number(next.dataset.version) < version) {
    wanted = 'page';
  }
  now.replaceChildren(...next.childNodes);
  Object.assign(now.dataset, next.dataset);
  version = Math.max(version, Number(now.dataset.version));
  if (now.dataset.live === 'no') {
    close();
    wanted = '';
  }
  ticked();
}

/** A few words for those who do not see it. */
function told() {
  const state = document.querySelector('#now .state')?.lastChild?.textContent.trim();
  const words = state + '. ' + (document.querySelector('#now .lead')?.textContent ?? '');
  const told = document.getElementById('told');
  if (told.textContent !== words) {
    told.textContent = words;
  }
}

function online() {
  backAfter = BACK_AFTER_MS;
  document.getElementById('cut').hidden = true;
}

function close() {
  stream?.close();
  stream = null;
  clearTimeout(back);
}

function open() {
  if (!stream && !document.hidden && launch()?.dataset.live === 'yes') {
    stream = new EventSource(address() + '/stream?after=' + version);
    stream.onopen = online;
    stream.onerror = lost;
    stream.addEventListener('progress', took);
    stream.addEventListener('settled', took);
  }
}

/** The browser comes back by itself from a connection that was cut; from an answer that was none it does not. */
function lost() {
  document.getElementById('cut').hidden = false;
  if (stream?.readyState === EventSource.CLOSED) {
    close();
    back = setTimeout(comeBack, backAfter * (0.5 + Math.random() / 2));
    backAfter = Math.min(2 * backAfter, BACK_AFTER_MAX_MS);
  }
}

async function comeBack() {
  if (launch()?.dataset.live !== 'yes' || stream) {
    return;
  }
  const status = await renew();
  if (status === 200) {
    online();
    open();
  } else if (status === 401 || status === 403 || status === 404) {
    document.getElementById('cut').textContent = 'This page may not be shown any more. Load it anew.';
  } else {
    back = setTimeout(comeBack, backAfter * (0.5 + Math.random() / 2));
    backAfter = Math.min(2 * backAfter, BACK_AFTER_MAX_MS);
  }
}

function ticked() {
  document.querySelectorAll('#wait:not([hidden]) time').forEach(counted);
}

/** What is shown now, after it was loaded or somebody went through its past. */
function shown() {
  close();
  online();
  version = Number(launch().dataset.version);
  step = '';
  travelled(version, document.getElementById('all')?.textContent ?? version);
  ticked();
  open();
}

async function payload(event) {
  const link = event.target.closest?.('#story a.event');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) {
    return;
  }
  event.preventDefault();
  const line = link.closest('li');
  const there = line.querySelector('pre');
  const json = there ? null : (await asked(link.href)).page?.getElementById('payload');
  there?.remove();
  if (json) {
    json.removeAttribute('id');
    line.append(json);
  }
}

function key(event) {
  const id = { ArrowLeft: 'previous', ArrowRight: 'next' }[event.key];
  if (id && !event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey
      && !event.target.closest('input, textarea, select, pre')) {
    document.querySelector(`#${id}[href]`)?.click();
  }
}

document.documentElement.classList.add('scripted');
const events = document.getElementById('events');
if (events) {
  events.hidden = false;
  events.addEventListener('click', () => events.setAttribute('aria-pressed',
    document.body.classList.toggle('with-events')));
}
document.addEventListener('keydown', key);
document.addEventListener('click', payload);
document.addEventListener('visibilitychange', () => document.hidden ? close() : open());
document.body.addEventListener('htmx:afterSettle', event => { if (event.detail.target?.id === 'launch' || event.target.id === 'launch') { shown(); } });
document.body.addEventListener('htmx:responseError', () => { document.getElementById('cut').hidden = false; });
setInterval(ticked, 1000);
shown();
