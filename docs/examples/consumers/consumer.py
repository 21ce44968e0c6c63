#!/usr/bin/env python3
"""Follows launches on Kafka: how each ended and how long it took.

It needs Python 3.9 and two libraries. On Debian: apt-get install python3-kafka python3-avro

It prints a line of JSON for each launch that ends, and one with all figures from time to time and at the end. What it has
done stands in a file before Kafka is told that it is done; so it may die at any point, and a record that comes again is known
again. What it cannot read goes to a topic of its own, as it came. SIGTERM ends it.
"""
import io
import json
import logging
import os
import signal
import sys
import time
import urllib.error
import urllib.request
from datetime import datetime, timedelta, timezone

from avro.io import BinaryDecoder, DatumReader
from avro.schema import parse as parse_schema
from kafka import ConsumerRebalanceListener, KafkaConsumer, KafkaProducer
from kafka.admin import KafkaAdminClient, NewTopic
from kafka.errors import CommitFailedError, TopicAlreadyExistsError

SERVERS = os.environ["KAFKA_BOOTSTRAP_SERVERS"]
USERNAME = os.environ.get("KAFKA_USERNAME")          # none: without a log-in
PASSWORD = os.environ.get("KAFKA_PASSWORD")
CA_FILE = os.environ.get("KAFKA_CA_FILE")            # PEM; none: without TLS
GROUP = os.environ.get("GROUP", "app-outcomes")
TOPIC = os.environ.get("TOPIC", "job.events")
SCHEMAS = os.environ.get("SCHEMAS", "http://localhost:8080")  # where /v1/schemas is, or the folder "released"
STATE = os.environ.get("STATE", GROUP + ".jsonl")    # one process at a time
EVERY_SECONDS = float(os.environ.get("EVERY_SECONDS", "10"))
DEAD_LETTERS = GROUP + ".dlt"
REPLICAS = int(os.environ.get("REPLICAS", "1"))      # of that topic; on a cluster of three: 3
BATCH = 500
LETTER_BYTES_MAX = 1_114_112                         # room for a record of 1 MiB and for what is said about it
LETTER_VALUE_BYTES_MAX = 1_048_576
SCHEMA_RETRY_SECONDS = 2
LETTERS_PATIENCE_SECONDS = 60

ENDS = {"JobCompleted": "completed", "JobFailed": "failed", "JobRolledBack": "rolled_back"}

log = logging.getLogger("consumer")


class Unreadable(Exception):
    """A record that is not what the contract says: it will not be another time either."""


class Schemas:
    """The released schemas by the fingerprint in a record, each fetched when the first record with it comes."""

    def __init__(self, place):
        self.place = place.rstrip("/")
        self.remote = place.startswith(("http://", "https://"))
        self.readers = {}
        self.names = {}                              # fingerprint -> name of the message
        self.strange = set()                         # what was asked for in vain
        self.refresh()

    def refresh(self):
        if self.remote:
            listed = json.loads(self.fetch("/v1/schemas"))["schemas"]
            self.names = {one["fingerprint"]: one["name"] for one in listed}
        else:
            with open(os.path.join(self.place, "index.txt"), encoding="utf-8") as index:
                self.files = dict(line.split() for line in index)
            self.names = {fingerprint: file.split("/")[0] for fingerprint, file in self.files.items()}

    def fetch(self, path):
        """A server that is away is waited for: no record is given up because of it."""
        while True:
            try:
                with urllib.request.urlopen(self.place + path, timeout=10) as answer:
                    return answer.read()
            except urllib.error.HTTPError as error:
                if error.code < 500 and error.code != 429:
                    raise
                log.warning("%s answers %d, asking again", self.place, error.code)
            except OSError as error:
                log.warning("%s cannot be reached (%s), asking again", self.place, error)
            time.sleep(SCHEMA_RETRY_SECONDS)

    def knows(self, name):
        if name not in self.names.values():
            self.look_for(name)
        return name in self.names.values()

    def look_for(self, what):
        """A release may be newer than this process: it asks once for each thing that it does not know."""
        if what not in self.strange:
            self.strange.add(what)
            self.refresh()

    def reader(self, name, fingerprint):
        if fingerprint not in self.names:
            self.look_for(fingerprint)
        if self.names.get(fingerprint) != name:
            raise Unreadable(f"no schema of {name} has the fingerprint {fingerprint}")
        if fingerprint not in self.readers:
            if self.remote:
                text = self.fetch("/v1/schemas/" + fingerprint).decode("utf-8")
            else:
                with open(os.path.join(self.place, self.files[fingerprint]), encoding="utf-8") as file:
                    text = file.read()
            self.readers[fingerprint] = DatumReader(parse_schema(text))
        return self.readers[fingerprint]

    def decode(self, name, value):
        if value is None or len(value) < 10 or value[:2] != b"\xc3\x01":
            raise Unreadable("no Avro single-object encoding")
        reader = self.reader(name, value[2:10].hex())
        body = io.BytesIO(value[10:])
        try:
            message = reader.read(BinaryDecoder(body))
        except Exception as error:                   # whatever the library makes of bytes that are none
            raise Unreadable(f"not what its schema says: {error!r}") from error
        if body.tell() != len(value) - 10:
            raise Unreadable("bytes are left over")
        return message


class Jobs:
    """How launches stand, as far as they were heard of. Each change is a line in a file before it counts."""

    def __init__(self, path):
        self.jobs = {}
        self.counts = {"repeats": 0, "skipped": 0, "deadLetters": 0}
        self.is_new = not os.path.exists(path)
        if not self.is_new:
            self.replay(path)
        self.file = open(path, "a", encoding="utf-8")

    def replay(self, path):
        with open(path, "rb+") as file:
            while line := file.readline():
                if not line.endswith(b"\n"):         # the last one, where the process died over it
                    file.seek(-len(line), os.SEEK_END)
                    file.truncate()
                    break
                self.apply(json.loads(line))

    def is_repeat(self, job, sequence):
        return job in self.jobs and sequence <= self.jobs[job]["sequence"]

    def note(self, change):
        self.apply(change)
        self.file.write(json.dumps(change) + "\n")

    def apply(self, change):
        if "count" in change:
            self.counts[change["count"]] += 1
            return
        job = self.jobs.setdefault(change["job"], {"acceptedAt": None, "outcome": None, "cancelled": False})
        job["sequence"] = change["sequence"]
        kind = change["type"]
        if kind == "JobAccepted":
            job["acceptedAt"] = change["time"]
            job["strategy"] = change["strategy"]
        elif kind == "JobCancelled":
            job["cancelled"] = True
        elif kind in ENDS:
            job["outcome"] = ENDS[kind]
            job["endedAt"] = change["time"]

    def sync(self):
        self.file.flush()
        os.fsync(self.file.fileno())

    def ended(self, job_id):
        job = self.jobs[job_id]
        took = None if job["acceptedAt"] is None else (job["endedAt"] - job["acceptedAt"]) / 1000
        return {"job": job_id, "outcome": job["outcome"], "cancelled": job["cancelled"], "seconds": took,
                "strategy": job.get("strategy")}

    def figures(self):
        outcomes, seconds, under_way = {}, {}, 0
        for job_id, job in self.jobs.items():
            if job["outcome"] is None:
                under_way += 1
                continue
            end = self.ended(job_id)
            outcomes[end["outcome"]] = outcomes.get(end["outcome"], 0) + 1
            if end["seconds"] is not None:
                seconds.setdefault(end["outcome"], []).append(end["seconds"])
        return {"outcomes": outcomes, "underWay": under_way,
                "cancelled": sum(job["cancelled"] for job in self.jobs.values()),
                "seconds": {outcome: spread(values) for outcome, values in seconds.items()}, **self.counts}


def spread(values):
    values.sort()
    return {"median": values[(len(values) - 1) // 2], "max": values[-1]}


def text(headers, name):
    for key, value in reversed(headers):
        if key == name and value is not None:
            return value.decode("utf-8", "replace")
    raise Unreadable(f"no header {name}")


def is_mark(record):
    """Of the end of a transaction: this library shows it as a record."""
    return not record.headers and record.key is not None and len(record.key) == 4 and record.key[:2] == b"\0\0"


EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)


def millis(time_text):
    try:                                             # Python before 3.11 knows neither Z nor nanoseconds
        seconds, _, fraction = time_text.rstrip("Z").partition(".")
        whole = datetime.strptime(seconds, "%Y-%m-%dT%H:%M:%S").replace(tzinfo=timezone.utc)
        return (whole - EPOCH) // timedelta(milliseconds=1) + int((fraction + "000")[:3])
    except ValueError as error:
        raise Unreadable(f"no time: {time_text}") from error


def number(sequence_text):
    try:
        return int(sequence_text)
    except ValueError as error:
        raise Unreadable(f"no number: {sequence_text}") from error


class Program(ConsumerRebalanceListener):

    def __init__(self):
        connection = {"bootstrap_servers": SERVERS.split(","), "client_id": GROUP,
                      "security_protocol": ("SASL_" if USERNAME else "") + ("SSL" if CA_FILE else "PLAINTEXT")}
        if USERNAME:
            connection.update(sasl_mechanism="SCRAM-SHA-512", sasl_plain_username=USERNAME, sasl_plain_password=PASSWORD)
        if CA_FILE:
            connection["ssl_cafile"] = CA_FILE
        self.schemas = Schemas(SCHEMAS)
        self.jobs = Jobs(STATE)
        self.make_topic(connection)
        self.producer = KafkaProducer(**connection, acks="all", max_request_size=LETTER_BYTES_MAX)
        self.consumer = KafkaConsumer(**connection, group_id=GROUP, enable_auto_commit=False, auto_offset_reset="earliest")
        self.letters = []                            # those that Kafka has not confirmed yet
        self.goes_on = True
        self.last_figures = time.monotonic()

    @staticmethod
    def make_topic(connection):
        admin = KafkaAdminClient(**connection)
        try:
            admin.create_topics([NewTopic(DEAD_LETTERS, 1, REPLICAS, topic_configs={
                "retention.ms": "-1", "max.message.bytes": str(LETTER_BYTES_MAX)})])
        except TopicAlreadyExistsError:
            pass
        finally:
            admin.close()

    def stop(self, *_):
        self.goes_on = False

    def on_partitions_assigned(self, assigned):
        """Without its file it knows nothing, so what the group had done does not count either."""
        if self.jobs.is_new and assigned:
            self.consumer.seek_to_beginning(*assigned)
            self.jobs.is_new = False

    def on_partitions_revoked(self, revoked):
        pass                                         # what is done is committed before the next poll

    def run(self):
        self.consumer.subscribe([TOPIC], listener=self)
        try:
            while self.goes_on:
                batches = self.consumer.poll(timeout_ms=500, max_records=BATCH)
                self.handle([record for batch in batches.values() for record in batch])
                if time.monotonic() - self.last_figures >= EVERY_SECONDS:
                    self.print_figures()
        finally:
            self.consumer.close(autocommit=False)
        self.producer.close()
        self.print_figures()

    def handle(self, records):
        if not records:
            return
        ended = []
        for record in records:
            try:
                ended += [] if is_mark(record) else self.handle_one(record)
            except Unreadable as reason:
                self.give_up(record, reason)
        self.producer.flush(LETTERS_PATIENCE_SECONDS)
        for letter in self.letters:
            letter.get(LETTERS_PATIENCE_SECONDS)     # raises what went wrong
        self.letters.clear()
        self.jobs.sync()
        for job_id in ended:
            print(json.dumps(self.jobs.ended(job_id)), flush=True)
        self.commit()

    def handle_one(self, record):
        """The job that has ended by it, or none."""
        headers = record.headers
        job, kind = text(headers, "ce_subject"), text(headers, "ce_type")
        sequence, at = number(text(headers, "ce_sequence")), millis(text(headers, "ce_time"))
        if self.jobs.is_repeat(job, sequence):
            self.jobs.note({"count": "repeats"})
            return []
        change = {"job": job, "sequence": sequence, "type": kind, "time": at}
        if self.schemas.knows(kind):
            message = self.schemas.decode(kind, record.value)
            if kind == "JobAccepted":
                change["strategy"] = message["request"]["strategy"]
        else:
            self.jobs.note({"count": "skipped"})     # a kind of message that is newer than this program
        self.jobs.note(change)
        return [job] if kind in ENDS else []

    def give_up(self, record, reason):
        log.warning("%s/%d@%d goes to %s: %s", record.topic, record.partition, record.offset, DEAD_LETTERS, reason)
        about = {"dlt-reason": str(reason)[:1000], "dlt-topic": record.topic, "dlt-partition": record.partition,
                 "dlt-offset": record.offset, "dlt-timestamp": record.timestamp, "dlt-consumer": GROUP,
                 "dlt-parked-at": datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")}
        value = record.value
        if value is not None and len(value) > LETTER_VALUE_BYTES_MAX:
            value, about["dlt-left-out"] = None, "value"
        if value is None and record.key is None:
            value = b""                              # the library sends nothing that has neither
        headers = [(name, word or b"") for name, word in record.headers]
        headers += [(name, str(word).encode()) for name, word in about.items()]
        self.letters.append(self.producer.send(DEAD_LETTERS, key=record.key, value=value, headers=headers))
        self.jobs.note({"count": "deadLetters"})

    def commit(self):
        try:
            self.consumer.commit()
        except CommitFailedError as error:           # its partitions have gone to somebody else: then they come again there
            log.warning("not committed: %s", error)

    def print_figures(self):
        self.last_figures = time.monotonic()
        print(json.dumps({"figures": self.jobs.figures()}), flush=True)


if __name__ == "__main__":
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(levelname)s %(message)s")
    program = Program()
    signal.signal(signal.SIGTERM, program.stop)
    signal.signal(signal.SIGINT, program.stop)
    program.run()
