package io.campaignlauncher.posting.store;

import io.campaignlauncher.pace.Timeline;
import io.campaignlauncher.posting.model.ChannelState;
import io.campaignlauncher.posting.model.PostChange;
import io.campaignlauncher.posting.model.PostProgress;
import io.campaignlauncher.posting.model.PostView;
import io.campaignlauncher.posting.model.PostingCommand;
import io.campaignlauncher.posting.model.PostingCommand.PublishPost;
import io.campaignlauncher.posting.model.PostingCommand.ResolvePost;
import io.campaignlauncher.posting.model.PostingCommand.WithdrawPost;
import io.campaignlauncher.posting.model.Rewindings;
import io.campaignlauncher.posting.model.Rewindings.Rewinding;
import io.campaignlauncher.posting.store.PostRequests.Kind;
import io.campaignlauncher.posting.store.PostRequests.Request;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** {@link PostStore} in memory, by a clock that may be a virtual one. */
public final class MemoryPostStore implements PostStore {

    /** How much of what was committed last a standby may lack. */
    public static final Duration REWOUND_MAX = Duration.ofSeconds(20);

    private static final long CLAIMS_FORGOTTEN_MAX = 1_000_000_000;

    private final Clock clock;
    private final Duration attemptMax;
    private final Map<UUID, PostProgress> jobs = new HashMap<>();
    private final Map<UUID, Instant> nextAt = new HashMap<>();
    private final Map<Long, ChannelState> channels = new TreeMap<>();
    private final Map<Long, Long> claims = new HashMap<>();
    private final Map<Long, Instant> leases = new HashMap<>();
    private final List<Request> requests = new ArrayList<>();
    private final Deque<Commit> commits = new ArrayDeque<>();
    private final Map<Instant, Map<Long, Integer>> rewoundMarks = new TreeMap<>();

    /** The tables before it. */
    private record Commit(Instant at, Map<UUID, PostProgress> jobs, Map<UUID, Instant> nextAt,
            Map<Long, ChannelState> channels, Map<Long, Long> claims, Map<Long, Instant> leases,
            List<Request> requests) {}

    /** @param attemptMax from the commit of an attempt to the end of its request, at most */
    public MemoryPostStore(Clock clock, Duration attemptMax) {
        this.clock = clock;
        this.attemptMax = attemptMax;
    }

    /** A standby takes over that lacks what was committed within this time, at most {@link #REWOUND_MAX}. */
    public synchronized void rewind(Duration lost) {
        var from = clock.instant().minus(lost);
        commits.stream().filter(commit -> commit.at().isAfter(from)).findFirst().ifPresent(this::goOnFrom);
        commits.clear();
        var marks = new HashMap<Long, Integer>();
        channels.forEach((id, channel) -> marks.put(id, channel.mark() == null ? 0 : channel.mark()));
        rewoundMarks.put(clock.instant(), marks);
        claims.replaceAll((_, number) -> number + CLAIMS_FORGOTTEN_MAX);
        leases.clear();
    }

    private void goOnFrom(Commit commit) {
        put(commit.jobs(), jobs);
        put(commit.nextAt(), nextAt);
        put(commit.channels(), channels);
        put(commit.claims(), claims);
        put(commit.leases(), leases);
        requests.clear();
        requests.addAll(commit.requests());
    }

    private static <K, V> void put(Map<K, V> rows, Map<K, V> into) {
        into.clear();
        into.putAll(rows);
    }

    private void begin() {
        var kept = clock.instant().minus(REWOUND_MAX);
        while (!commits.isEmpty() && commits.getFirst().at().isBefore(kept)) {
            commits.removeFirst();
        }
        commits.addLast(new Commit(clock.instant(), Map.copyOf(jobs), Map.copyOf(nextAt), Map.copyOf(channels),
                Map.copyOf(claims), Map.copyOf(leases), List.copyOf(requests)));
    }

    public synchronized PostProgress job(UUID jobId) {
        return jobs.get(jobId);
    }

    /** When there is something to do next; null: never. */
    public synchronized @Nullable Instant nextDue() {
        return nextAt.values().stream().min(Comparator.naturalOrder()).orElse(null);
    }

    @Override
    public Mono<Accepted> accept(PostingCommand command) {
        return locked(() -> switch (command) {
            case PublishPost publish -> publish(publish);
            case WithdrawPost withdraw -> request(Request.of(withdraw));
            case ResolvePost resolve -> request(Request.of(resolve));
        });
    }

    private Accepted publish(PublishPost command) {
        channels.putIfAbsent(command.chatId(), ChannelState.unknown(command.chatId()));
        var before = jobs.putIfAbsent(command.jobId(), PostProgress.of(command));
        if (before == null) {
            nextAt.put(command.jobId(), clock.instant());
            return Accepted.TAKEN;
        }
        return before.command().requestHash().equals(command.requestHash())
                ? request(new Request(command.jobId(), Kind.TELL, null, null))
                : Accepted.OTHER_CONTENT;
    }

    private Accepted request(Request request) {
        requests.add(request);
        if (jobs.containsKey(request.jobId())) {
            nextAt.put(request.jobId(), clock.instant());
        }
        return Accepted.TAKEN;
    }

    @Override
    public Mono<Claim> claim(String owner, Duration lease) {
        return locked(() -> nextAt.entrySet().stream()
                .filter(due -> !due.getValue().isAfter(clock.instant()))
                .filter(due -> !leased(chat(due.getKey())))
                .min(Map.Entry.comparingByValue(Comparator.naturalOrder()))
                .map(due -> new Claim(chat(due.getKey()), claims.merge(chat(due.getKey()), 1L, Long::sum),
                        due.getKey()))
                .map(claim -> {
                    leases.put(claim.chatId(), clock.instant().plus(lease));
                    return claim;
                })).flatMap(Mono::justOrEmpty);
    }

    private long chat(UUID jobId) {
        return jobs.get(jobId).command().chatId();
    }

    private boolean leased(long chatId) {
        var until = leases.get(chatId);
        return until != null && until.isAfter(clock.instant());
    }

    @Override
    public Mono<PostView> change(Claim claim, Duration lease, Function<PostView, PostChange> rule) {
        return locked(() -> {
            if (!isLatest(claim)) {
                throw new LeaseLost(claim);
            }
            var asked = requests.stream().filter(one -> one.jobId().equals(claim.jobId())).toList();
            var rewindings = rewindings(claim);
            var known = rewindings.heeded(jobs.get(claim.jobId()));
            var view = PostRequests.applied(new PostView(known, channels.get(claim.chatId()), othersOpen(claim),
                    clock.instant(), claim.number(), rewindings), asked);
            var change = rule.apply(view);
            if (change.job().attempts().stream().filter(one -> one.open() || one.messageId() != null).count() > 1) {
                throw new IllegalStateException("two attempts that may post: " + change.job());
            }
            requests.removeAll(asked);
            leases.merge(claim.chatId(), clock.instant().plus(lease), (one, other) -> one.isAfter(other) ? one : other);
            jobs.put(claim.jobId(), change.job());
            channels.put(claim.chatId(), change.channel());
            return view.with(change.job()).with(change.channel());
        });
    }

    private boolean isLatest(Claim claim) {
        return claims.getOrDefault(claim.chatId(), 0L) == claim.number();
    }

    private Rewindings rewindings(Claim claim) {
        return new Rewindings(rewoundMarks.entrySet().stream()
                .map(one -> new Rewinding(one.getKey(), one.getValue().getOrDefault(claim.chatId(), 0))).toList(),
                Timeline.CLOCKS_DIFFER_MAX, attemptMax);
    }

    private boolean othersOpen(Claim claim) {
        return jobs.values().stream().anyMatch(job -> job.command().chatId() == claim.chatId()
                && !job.command().jobId().equals(claim.jobId()) && job.open().isPresent());
    }

    @Override
    public Mono<Boolean> holds(Claim claim) {
        return locked(() -> isLatest(claim) && leased(claim.chatId()));
    }

    @Override
    public Mono<Void> release(Claim claim, @Nullable Instant until) {
        return locked(() -> {
            if (isLatest(claim)) {
                leases.remove(claim.chatId());
                var next = requests.stream().anyMatch(one -> one.jobId().equals(claim.jobId())) ? clock.instant()
                        : until;
                if (next == null) {
                    nextAt.remove(claim.jobId());
                } else {
                    nextAt.put(claim.jobId(), next);
                }
            }
            return claim;
        }).then();
    }

    @Override
    public Mono<Void> postpone(Claim claim, Duration pause) {
        return Mono.defer(() -> release(claim, clock.instant().plus(pause)));
    }

    private synchronized <T> T synchronously(Supplier<T> work) {
        begin();
        return work.get();
    }

    private <T> Mono<T> locked(Supplier<T> work) {
        return Mono.fromSupplier(() -> synchronously(work));
    }
}
