package io.campaignlauncher.job.kafka;

import io.campaignlauncher.access.known.AppKeys.AppKey;
import io.campaignlauncher.access.known.AppKeys;
import io.campaignlauncher.access.model.ApiKeyText;
import io.campaignlauncher.access.model.LaunchRules;
import io.campaignlauncher.access.model.Principal;
import io.campaignlauncher.access.model.Scope;
import io.campaignlauncher.job.model.Ownership;
import io.campaignlauncher.job.model.Violation;
import io.campaignlauncher.messaging.ServiceSeal;
import io.campaignlauncher.messaging.UnsignedRecords;
import io.campaignlauncher.schemas.CreateCampaign;
import io.campaignlauncher.schemas.RecordSignature;
import io.campaignlauncher.schemas.TargetKeys;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Who asks in a request over Kafka, by its signature, and whether they may. A request that was taken over HTTP and waits on the topic
 * bears the signature of the services, as does the launch of a target of the marketplace: who asked was judged before.
 */
final class RequestAuthors {

    private static final String FIELD = RecordSignature.HEADER;

    /** What a request has that does not say whose it is. */
    private static final String NOT_SAID = Ownership.LOCAL.owner();

    private final ServiceSeal seal;
    private final UnsignedRecords unsigned;
    private final PatientLookup<String, AppKey> keys;

    /** A request as it is to be decided. @param violations why it may not be; else none */
    record Authored(CreateCampaign request, List<Violation> violations) {}

    RequestAuthors(ServiceSeal seal, UnsignedRecords unsigned, AppKeys keys, InstantSource clock) {
        this.seal = seal;
        this.unsigned = unsigned;
        this.keys = new PatientLookup<>(keys::appKey, clock);
    }

    /** @return an error where it is not known yet whose keys there are */
    Mono<Authored> judge(ConsumerRecord<String, byte[]> record, CreateCampaign request) {
        var prefix = header(record, RecordSignature.APP_KEY_HEADER);
        if (prefix != null) {
            // Whatever is looked for is waited for and remembered, so it has to be short.
            var found = ApiKeyText.isPrefix(prefix) ? keys.find(prefix) : Mono.<AppKey>empty();
            return found.filter(key -> RecordSignature.isBy(key.secret(), record))
                    .map(key -> by(key.holder(), request))
                    .defaultIfEmpty(refused(request, FIELD,
                            "is not by an API key that is good, or the request was changed since"));
        }
        if (seal.isOn(record)) {
            return Mono.just(new Authored(request, List.of()));
        }
        if (RecordSignature.isSigned(record)) {
            return Mono.just(refused(request, FIELD, "names no API key in " + RecordSignature.APP_KEY_HEADER));
        }
        return Mono.just(unsigned == UnsignedRecords.ALLOW ? new Authored(request, reserved(request))
                : refused(request, FIELD, "is missing: requests over Kafka must be signed with an API key"));
    }

    private static Authored by(Principal app, CreateCampaign request) {
        var found = new ArrayList<>(reserved(request));
        if (!(app.means() instanceof Principal.Key(_, var scopes)) || !scopes.contains(Scope.JOBS_LAUNCH)) {
            found.add(new Violation(FIELD, "is by an API key without the scope " + Scope.JOBS_LAUNCH.word()));
        }
        if (!request.getTenant().equals(app.tenant())) {
            found.add(new Violation("tenant", "must be that of the API key"));
        }
        if (!request.getOwner().equals(NOT_SAID) && !request.getOwner().equals(app.subject())) {
            found.add(new Violation("owner", "must be that of the API key, or left out"));
        }
        if (!LaunchRules.mayLaunchFor(app, request.getUserId())) {
            found.add(new Violation("userId", "must be that of the API key's owner: it may launch for nobody else"));
        }
        return new Authored(CreateCampaign.newBuilder(request).setOwner(app.subject()).build(), found);
    }

    /** The marketplace, which may use such a key, is a service. */
    private static List<Violation> reserved(CreateCampaign request) {
        return TargetKeys.isReserved(request.getIdempotencyKey())
                ? List.of(new Violation("idempotencyKey", TargetKeys.RESERVED)) : List.of();
    }

    private static Authored refused(CreateCampaign request, String field, String why) {
        return new Authored(request, List.of(new Violation(field, why)));
    }

    private static @Nullable String header(ConsumerRecord<?, ?> record, String name) {
        var header = record.headers().lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}
