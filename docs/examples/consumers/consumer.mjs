// Follows launches on Kafka: how each ended and how long it took.
//
// It needs Node.js 18 and two libraries: npm install, in the folder of this file and its package.json.
//
// It prints a line of JSON for each launch that ends, and one with all figures from time to time and at the end. What it has
// done stands in a file before Kafka is told that it is done; so it may die at any point, and a record that comes again is known
// again. What it cannot read goes to a topic of its own, as it came. SIGTERM ends it.
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import avro from 'avsc';
import kafkajs from 'kafkajs';

const env = process.env;
const SERVERS = env.KAFKA_BOOTSTRAP_SERVERS.split(',');
const USERNAME = env.KAFKA_USERNAME;                        // none: without a log-in
const PASSWORD = env.KAFKA_PASSWORD;
const CA_FILE = env.KAFKA_CA_FILE;                          // PEM; none: without TLS
const GROUP = env.GROUP ?? 'app-outcomes';
const TOPIC = env.TOPIC ?? 'job.events';
const SCHEMAS = env.SCHEMAS ?? 'http://localhost:8080';     // where /v1/schemas is, or the folder "released"
const STATE = env.STATE ?? `${GROUP}.jsonl`;                // one process at a time
const EVERY_SECONDS = Number(env.EVERY_SECONDS ?? 10);
const DEAD_LETTERS = `${GROUP}.dlt`;
const REPLICAS = Number(env.REPLICAS ?? 1);                 // of that topic; on a cluster of three: 3
const LETTER_BYTES_MAX = 1_114_112;                         // room for a record of 1 MiB and for what is said about it
const LETTER_VALUE_BYTES_MAX = 1_048_576;
const SCHEMA_RETRY_MILLIS = 2000;

const ENDS = { JobCompleted: 'completed', JobFailed: 'failed', JobRolledBack: 'rolled_back' };

const warn = message => process.stderr.write(`WARNING ${message}\n`);
const print = line => process.stdout.write(JSON.stringify(line) + '\n');

/** A record that is not what the contract says: it will not be another time either. */
class Unreadable extends Error {}

/** The released schemas by the fingerprint in a record, each fetched when the first record with it comes. */
class Schemas {

  types = new Map();
  strange = new Set();                                      // what was asked for in vain

  constructor(place) {
    this.place = place.replace(/\/$/, '');
    this.remote = /^https?:/.test(place);
  }

  async refresh() {
    if (this.remote) {
      const { schemas } = JSON.parse(await this.fetch('/v1/schemas'));
      this.names = new Map(schemas.map(one => [one.fingerprint, one.name]));
    } else {
      const lines = fs.readFileSync(path.join(this.place, 'index.txt'), 'utf8').trim().split('\n');
      this.files = new Map(lines.map(line => line.split(' ')));
      this.names = new Map([...this.files].map(([fingerprint, file]) => [fingerprint, file.split('/')[0]]));
    }
  }

  /** A server that is away is waited for: no record is given up because of it. */
  async fetch(where) {
    for (;;) {
      const answer = await fetch(this.place + where, { signal: AbortSignal.timeout(10_000) })
        .catch(error => warn(`${this.place} cannot be reached (${error.cause?.message ?? error.message}), asking again`));
      if (answer?.ok) {
        return answer.text();
      }
      if (answer && answer.status < 500 && answer.status !== 429) {
        throw new Error(`${this.place}${where} answers ${answer.status}`);
      }
      await sleep(SCHEMA_RETRY_MILLIS);
    }
  }

  async knows(name) {
    const known = () => [...this.names.values()].includes(name);
    if (!known()) {
      await this.lookFor(name);
    }
    return known();
  }

  /** A release may be newer than this process: it asks once for each thing that it does not know. */
  async lookFor(what) {
    if (!this.strange.has(what)) {
      this.strange.add(what);
      await this.refresh();
    }
  }

  async type(name, fingerprint) {
    if (!this.names.has(fingerprint)) {
      await this.lookFor(fingerprint);
    }
    if (this.names.get(fingerprint) !== name) {
      throw new Unreadable(`no schema of ${name} has the fingerprint ${fingerprint}`);
    }
    if (!this.types.has(fingerprint)) {
      const text = this.remote ? await this.fetch(`/v1/schemas/${fingerprint}`)
        : fs.readFileSync(path.join(this.place, this.files.get(fingerprint)), 'utf8');
      this.types.set(fingerprint, avro.Type.forSchema(JSON.parse(text)));
    }
    return this.types.get(fingerprint);
  }

  async decode(name, value) {
    if (value === null || value.length < 10 || value[0] !== 0xc3 || value[1] !== 0x01) {
      throw new Unreadable('no Avro single-object encoding');
    }
    const type = await this.type(name, value.subarray(2, 10).toString('hex'));
    try {
      return type.fromBuffer(value.subarray(10));           // refuses bytes that are left over
    } catch (error) {                                       // whatever the library makes of bytes that are none
      throw new Unreadable(`not what its schema says: ${error.message}`);
    }
  }
}

/** How launches stand, as far as they were heard of. Each change is a line in a file before it counts. */
class Jobs {

  jobs = new Map();
  counts = { repeats: 0, skipped: 0, deadLetters: 0 };

  constructor(file) {
    this.isNew = !fs.existsSync(file);
    if (!this.isNew) {
      const text = fs.readFileSync(file);
      const end = text.lastIndexOf('\n') + 1;               // a last line without one: the process died over it
      fs.truncateSync(file, end);
      text.subarray(0, end).toString('utf8').split('\n').filter(Boolean).forEach(line => this.apply(JSON.parse(line)));
    }
    this.file = fs.openSync(file, 'a');
  }

  isRepeat(job, sequence) {
    return this.jobs.has(job) && sequence <= this.jobs.get(job).sequence;
  }

  note(change) {
    this.apply(change);
    fs.writeSync(this.file, JSON.stringify(change) + '\n');
  }

  apply(change) {
    if (change.count) {
      this.counts[change.count]++;
      return;
    }
    const job = this.jobs.get(change.job) ?? { acceptedAt: null, outcome: null, cancelled: false };
    this.jobs.set(change.job, job);
    job.sequence = change.sequence;
    if (change.type === 'JobAccepted') {
      job.acceptedAt = change.time;
      job.strategy = change.strategy;
    } else if (change.type === 'JobCancelled') {
      job.cancelled = true;
    } else if (change.type in ENDS) {
      job.outcome = ENDS[change.type];
      job.endedAt = change.time;
    }
  }

  sync() {
    fs.fsyncSync(this.file);
  }

  ended(id) {
    const job = this.jobs.get(id);
    const took = job.acceptedAt === null ? null : (job.endedAt - job.acceptedAt) / 1000;
    return { job: id, outcome: job.outcome, cancelled: job.cancelled, seconds: took, strategy: job.strategy ?? null };
  }

  figures() {
    const outcomes = {}, seconds = {};
    let underWay = 0, cancelled = 0;
    for (const [id, job] of this.jobs) {
      cancelled += job.cancelled;
      if (job.outcome === null) {
        underWay++;
        continue;
      }
      outcomes[job.outcome] = (outcomes[job.outcome] ?? 0) + 1;
      if (job.acceptedAt !== null) {
        (seconds[job.outcome] ??= []).push(this.ended(id).seconds);
      }
    }
    return { outcomes, underWay, cancelled,
      seconds: Object.fromEntries(Object.entries(seconds).map(([outcome, values]) => [outcome, spread(values)])),
      ...this.counts };
  }
}

function spread(values) {
  values.sort((one, other) => one - other);
  return { median: values[(values.length - 1) >> 1], max: values.at(-1) };
}

function text(headers, name) {
  const value = [headers?.[name]].flat().at(-1);
  if (value === undefined || value === null) {
    throw new Unreadable(`no header ${name}`);
  }
  return value.toString('utf8');
}

function millis(time) {
  const at = Date.parse(time);
  if (Number.isNaN(at)) {
    throw new Unreadable(`no time: ${time}`);
  }
  return at;
}

function number(sequence) {
  if (!/^\d{1,15}$/.test(sequence)) {
    throw new Unreadable(`no number: ${sequence}`);
  }
  return Number(sequence);
}

const schemas = new Schemas(SCHEMAS);
const jobs = new Jobs(STATE);
const kafka = new kafkajs.Kafka({ clientId: GROUP, brokers: SERVERS, logLevel: kafkajs.logLevel.WARN,
  logCreator: () => ({ log }) => warn(`${log.message} ${log.error ?? ''}`),
  ssl: CA_FILE ? { ca: [fs.readFileSync(CA_FILE)] } : undefined,
  sasl: USERNAME ? { mechanism: 'scram-sha-512', username: USERNAME, password: PASSWORD } : undefined });
const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1,
  createPartitioner: kafkajs.Partitioners.DefaultPartitioner });
const consumer = kafka.consumer({ groupId: GROUP });        // reads what is committed and nothing else
let figures;

/** The job that has ended by it, or none. */
async function handle({ headers, value }) {
  const job = text(headers, 'ce_subject'), type = text(headers, 'ce_type');
  const sequence = number(text(headers, 'ce_sequence')), time = millis(text(headers, 'ce_time'));
  if (jobs.isRepeat(job, sequence)) {
    jobs.note({ count: 'repeats' });
    return [];
  }
  const change = { job, sequence, type, time };
  if (await schemas.knows(type)) {
    const message = await schemas.decode(type, value);
    if (type === 'JobAccepted') {
      change.strategy = message.request.strategy;
    }
  } else {
    jobs.note({ count: 'skipped' });                        // a kind of message that is newer than this program
  }
  jobs.note(change);
  return type in ENDS ? [job] : [];
}

/** The library reads headers without a value, and writes none. */
function withoutNull(headers) {
  return Object.fromEntries(Object.entries(headers ?? {}).map(([name, value]) => [name, value ?? '']));
}

async function giveUp({ key, value, headers, timestamp, offset }, partition, reason) {
  warn(`${TOPIC}/${partition}@${offset} goes to ${DEAD_LETTERS}: ${reason}`);
  const about = { 'dlt-reason': reason.slice(0, 1000), 'dlt-topic': TOPIC, 'dlt-partition': `${partition}`, 'dlt-offset': offset,
    'dlt-timestamp': timestamp, 'dlt-consumer': GROUP, 'dlt-parked-at': new Date().toISOString() };
  if (value !== null && value.length > LETTER_VALUE_BYTES_MAX) {
    value = null;
    about['dlt-left-out'] = 'value';
  }
  await producer.send({ topic: DEAD_LETTERS, acks: -1, messages: [{ key, value, headers: { ...withoutNull(headers), ...about } }] });
  jobs.note({ count: 'deadLetters' });
}

async function handleBatch({ batch, resolveOffset, heartbeat, isRunning, isStale }) {
  const ended = [];
  let last;
  for (const record of batch.messages) {
    if (!isRunning() || isStale()) {
      break;
    }
    try {
      ended.push(...await handle(record));
    } catch (error) {
      if (!(error instanceof Unreadable)) {
        throw error;
      }
      await giveUp(record, batch.partition, error.message);
    }
    last = record.offset;
    await heartbeat();
  }
  if (last === undefined) {
    return;
  }
  jobs.sync();
  ended.forEach(job => print(jobs.ended(job)));
  resolveOffset(last);
  await consumer.commitOffsets([{ topic: TOPIC, partition: batch.partition, offset: (BigInt(last) + 1n).toString() }]);
}

async function makeTopic(admin) {
  await admin.createTopics({ topics: [{ topic: DEAD_LETTERS, numPartitions: 1, replicationFactor: REPLICAS, configEntries: [
    { name: 'retention.ms', value: '-1' }, { name: 'max.message.bytes', value: `${LETTER_BYTES_MAX}` }] }] });
}

async function run() {
  await schemas.refresh();
  const admin = kafka.admin();
  await admin.connect();
  await makeTopic(admin);
  if (jobs.isNew) {                                         // without its file it knows nothing, so what the group had done does not count
    await admin.resetOffsets({ groupId: GROUP, topic: TOPIC, earliest: true });
  }
  await admin.disconnect();
  await producer.connect();
  await consumer.connect();
  await consumer.subscribe({ topic: TOPIC, fromBeginning: true });
  consumer.on(consumer.events.CRASH, ({ payload }) => {
    if (!payload.restart) {
      fail(payload.error);
    }
  });
  await consumer.run({ autoCommit: false, eachBatchAutoResolve: false, eachBatch: handleBatch });
  figures = setInterval(() => print({ figures: jobs.figures() }), EVERY_SECONDS * 1000);
}

async function stop() {
  clearInterval(figures);
  await consumer.disconnect();                              // once the batch under way is done
  await producer.disconnect();
  print({ figures: jobs.figures() });
}

/** Whoever runs it starts it again; it goes on where it was. */
function fail(error) {
  process.stderr.write(`ERROR ${error.stack}\n`);
  process.exit(1);
}

let stopping;
for (const signal of ['SIGTERM', 'SIGINT']) {
  process.on(signal, () => stopping ??= stop().catch(fail));
}
run().catch(fail);
