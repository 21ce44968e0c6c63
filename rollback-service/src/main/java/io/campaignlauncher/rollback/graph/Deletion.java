package io.campaignlauncher.rollback.graph;

import io.campaignlauncher.graph.AccessToken;
import io.campaignlauncher.graph.GraphOperation;
import io.campaignlauncher.graph.GraphResult;
import io.campaignlauncher.rollback.model.EntityState;
import io.campaignlauncher.rollback.model.PassResult;
import io.campaignlauncher.rollback.model.PassResult.Evidence;
import io.campaignlauncher.schemas.Entity;
import io.campaignlauncher.schemas.ErrorKind;
import io.campaignlauncher.schemas.GraphFault;
import io.campaignlauncher.schemas.SlotRef;
import io.campaignlauncher.worker.GraphFaults;
import io.campaignlauncher.worker.calls.CalledSlots;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Deletes in batches, one after the other and each once the pace of the account permits it, and stops at the first limit. What is gone already counts as
 * deleted; what may or may not have been deleted is read. A yes of Facebook proves nothing: the job asks for a later pass.
 */
final class Deletion {

    private final SharedAccount account;
    private final ContentReader contents;
    private final Clock clock;
    private final RollbackSettings settings;

    Deletion(SharedAccount account, ContentReader contents, Clock clock, RollbackSettings settings) {
        this.account = account;
        this.contents = contents;
        this.clock = clock;
        this.settings = settings;
    }

    record DeletionResult(PassResult result, int httpCalls) {}

    Mono<DeletionResult> of(AccessToken token, List<List<Entity>> phases, String label) {
        return Mono.defer(() -> {
            var tally = new Tally(phases);
            return Flux.fromStream(phases.stream().flatMap(this::batches))
                    .concatMap(batch -> delete(token, batch, tally))
                    .then(Mono.defer(() -> readFailed(token, tally, label)))
                    .thenReturn(tally)
                    .map(Tally::result);
        });
    }

    private Stream<List<Entity>> batches(List<Entity> phase) {
        var most = settings.batchMax();
        return IntStream.iterate(0, from -> from < phase.size(), from -> from + most)
                .mapToObj(from -> phase.subList(from, Math.min(from + most, phase.size())));
    }

    private Mono<Void> delete(AccessToken token, List<Entity> batch, Tally tally) {
        return Mono.defer(() -> {
            tally.limited(account.full());
            return tally.limit != null ? Mono.empty() : account.permission(batch.size()).flatMap(limit -> {
                tally.limited(limit);
                return limit.isPresent() ? Mono.empty() : send(token, batch, tally);
            });
        });
    }

    private Mono<Void> send(AccessToken token, List<Entity> batch, Tally tally) {
        var slots = batch.stream().map(entity -> new SlotRef(entity.getEntityType(), entity.getSlotNumber())).toList();
        return new CalledSlots(slots).of(account.send(token,
                batch.stream().map(entity -> GraphOperation.delete(entity.getFacebookId())).toList()))
                .doOnNext(answer -> {
                    tally.httpCalls++;
                    for (var i = 0; i < batch.size(); i++) {
                        tally.take(batch.get(i), answer.results().get(i));
                    }
                })
                .then();
    }

    /** What was not deleted, as far as the answers say, may be gone all the same: with its parent, or because an answer was lost. */
    private Mono<Void> readFailed(AccessToken token, Tally tally, String label) {
        if (!tally.failures.isEmpty()) {
            tally.limited(account.full());
        }
        if (tally.limit != null) {
            return Mono.empty();
        }
        return contents.read(token, tally.failed(), label).doOnNext(answer -> {
            tally.httpCalls += answer.httpCalls();
            answer.states().forEach(tally::take);
        }).then();
    }

    /** What became of each entity; belongs to one pass. */
    private final class Tally {

        private final List<Entity> all;
        private final Map<String, Evidence> deleted = new HashMap<>();
        private final Map<String, GraphFault> failures = new LinkedHashMap<>();
        private @Nullable GraphFault limit;
        private int httpCalls;

        Tally(List<List<Entity>> phases) {
            all = phases.stream().flatMap(List::stream).toList();
        }

        void limited(Optional<GraphFault> fault) {
            fault.ifPresent(one -> limit = later(one));
        }

        void take(Entity entity, GraphResult result) {
            var id = entity.getFacebookId();
            switch (result) {
                case GraphResult.Success(var body) when body.path("success").asBoolean(false) ->
                    deleted.put(id, Evidence.SAID);
                case GraphResult.Success _ -> failures.put(id, GraphFault.newBuilder()
                        .setKind(ErrorKind.TEMPORARY)
                        .setOutcomeUnknown(true)
                        .setMessage("Facebook did not confirm the deletion.")
                        .build());
                case GraphResult.Failure(var error) when error.objectMissing() ->
                    deleted.put(id, Evidence.NOT_THERE);
                case GraphResult.Failure(var error) -> {
                    var fault = GraphFaults.of(error, clock.instant());
                    failures.put(id, fault);
                    if (fault.getKind() == ErrorKind.RATE_LIMIT) {
                        limited(Optional.of(fault));
                    }
                }
            }
        }

        private GraphFault later(GraphFault fault) {
            return limit == null || resumeAt(fault).isAfter(resumeAt(limit)) ? fault : limit;
        }

        void take(String id, EntityState state) {
            switch (state) {
                case EntityState.Gone _ -> gone(id);
                case EntityState.NotFound _ -> {
                    // Reads may not show yet what was made a moment ago. What is deleted can be read, and says so.
                }
                case EntityState.Present _ -> {
                }
                case EntityState.Unreadable _ -> {
                }
            }
        }

        private void gone(String id) {
            failures.remove(id);
            deleted.put(id, Evidence.SHOWN);
        }

        List<Entity> failed() {
            return all.stream().filter(entity -> failures.containsKey(entity.getFacebookId())).toList();
        }

        DeletionResult result() {
            var faults = new LinkedHashMap<>(failures);
            if (limit != null) {
                all.stream().map(Entity::getFacebookId).filter(id -> !deleted.containsKey(id))
                        .forEach(id -> faults.putIfAbsent(id, limit));
            }
            return new DeletionResult(new PassResult(deleted, faults, limit == null ? null : resumeAt(limit)),
                    httpCalls);
        }

        private Instant resumeAt(GraphFault fault) {
            return PassResult.resumeAt(fault, clock.instant().plus(settings.limitPause()));
        }
    }
}
