package io.campaignlauncher.job.http;

import static io.campaignlauncher.access.model.Role.ADMIN;
import static io.campaignlauncher.access.model.Role.ADVERTISER;
import static io.campaignlauncher.access.model.Role.MODERATOR;
import static io.campaignlauncher.access.model.Role.SUPER_ADMIN;
import static io.campaignlauncher.access.model.RouteRule.known;
import static io.campaignlauncher.access.model.RouteRule.open;
import static io.campaignlauncher.access.model.RouteRule.people;

import io.campaignlauncher.access.model.RouteRule;
import io.campaignlauncher.access.model.Scope;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Every route of this service with the rule of who may ask there: a route that is not here answers nobody. Whose jobs somebody sees
 * is another matter.
 */
final class JobRoutes {

    private static final String VIDEO = "/v1/media/videos/{adAccountId}/{sha256}";
    private static final List<String> READS = List.of("/v1/jobs", "/v1/jobs/{jobId}", "/v1/jobs/{jobId}/slots",
            "/v1/jobs/{jobId}/idempotency", "/v1/jobs/{jobId}/verification", "/v1/jobs/{jobId}/rollback",
            "/v1/jobs/{jobId}/file", "/v1/jobs/{jobId}/calls", "/v1/jobs/{jobId}/looks",
            "/v1/search", "/v1/accounts", "/v1/accounts/{adAccountId}", "/v1/media", VIDEO,
            "/v1/jobs/{jobId}/history", "/v1/jobs/{jobId}/state", "/v1/jobs/{jobId}/stream");
    private static final String AUDIT = "/v1/audit";
    private static final String ATTENTION = "/v1/attention";
    private static final List<String> DEAD_LETTERS = List.of("/v1/dead-letters",
            "/v1/dead-letters/{topic}/{partition}/{offset}");
    private static final String REDRIVE = "/v1/dead-letters/redrive";
    private static final List<String> LAUNCHES = List.of("/v1/jobs", "/v1/jobs/{jobId}/clone", "/v1/files",
            "/v1/files/{sha256}/launch", "/v1/media/images", "/v1/media/videos",
            "/api/strategyForAll/create",
            "/api/strategy150/create", "/api/strategyForAds/create");
    private static final List<String> DECISIONS = List.of("/v1/jobs/{jobId}/rollback", "/v1/jobs/{jobId}/cancel");
    private static final String LOOKS = "/v1/jobs/{jobId}/looks";
    private static final String START = "/v1/jobs/{jobId}/start";
    private static final List<String> DESCRIPTION = List.of("/openapi.yaml", "/docs", "/docs/start.js",
            "/webjars/**");
    /** What a record means is no secret, and who reads topics may have nothing but a log-in to Kafka. */
    private static final List<String> CONTRACT = List.of("/asyncapi.yaml", "/v1/schemas", "/v1/schemas/{fingerprint}");

    /** What has a limit of its own. */
    enum Kind {
        LAUNCHES, READS, HISTORIES, STREAMS, CREDENTIALS
    }

    private JobRoutes() {}

    /** Empty: without a limit for a user. */
    static Optional<Kind> kind(RouteRule rule) {
        var path = rule.path();
        boolean read = rule.method().equals("GET");
        if (path.startsWith("/v1/credentials") || path.startsWith("/v1/webhooks")) {
            return Optional.of(read ? Kind.READS : Kind.CREDENTIALS);
        }
        if (!read) {
            return LAUNCHES.contains(path) || DECISIONS.contains(path) || path.equals(START) || path.equals(VIDEO)
                    || path.equals(REDRIVE) || path.equals(LOOKS)
                            ? Optional.of(Kind.LAUNCHES) : Optional.empty();
        }
        if (!READS.contains(path) && !DEAD_LETTERS.contains(path) && !path.equals(AUDIT) && !path.equals(ATTENTION)) {
            return Optional.empty();
        }
        return Optional.of(path.endsWith("/stream") ? Kind.STREAMS
                : path.endsWith("/history") || path.endsWith("/state") ? Kind.HISTORIES : Kind.READS);
    }

    private static RouteRule decision(String method, String path) {
        return people(method, path, ADVERTISER, MODERATOR, ADMIN, SUPER_ADMIN).orKeysWith(Scope.JOBS_LAUNCH);
    }

    private static RouteRule credentials(String method, String path) {
        return people(method, path, ADVERTISER, ADMIN, SUPER_ADMIN).orKeysWith(Scope.CREDENTIALS_WRITE);
    }

    /** Whoever launches says who is to be told, so it needs no scope more. */
    private static RouteRule webhooks(String method, String path, Scope scope) {
        return people(method, path, ADVERTISER, ADMIN, SUPER_ADMIN).orKeysWith(scope);
    }

    static List<RouteRule> rules() {
        return Stream.of(
                LAUNCHES.stream().map(path -> people("POST", path, ADVERTISER, ADMIN, SUPER_ADMIN)
                        .orKeysWith(Scope.JOBS_LAUNCH)),
                READS.stream().map(path -> people("GET", path, ADVERTISER, MODERATOR, ADMIN, SUPER_ADMIN)
                        .orKeysWith(Scope.JOBS_READ)),
                DECISIONS.stream().map(path -> decision("POST", path)),
                Stream.of(decision("PUT", START), decision("POST", LOOKS),
                        people("PUT", VIDEO, ADVERTISER, ADMIN, SUPER_ADMIN).orKeysWith(Scope.JOBS_LAUNCH),
                        credentials("GET", "/v1/credentials"), credentials("PUT", "/v1/credentials/{credentialId}"),
                        credentials("DELETE", "/v1/credentials/{credentialId}"),
                        webhooks("GET", "/v1/webhooks", Scope.JOBS_READ),
                        webhooks("POST", "/v1/webhooks", Scope.JOBS_LAUNCH),
                        webhooks("POST", "/v1/webhooks/{webhookId}/rotate", Scope.JOBS_LAUNCH),
                        webhooks("DELETE", "/v1/webhooks/{webhookId}", Scope.JOBS_LAUNCH),
                        people("GET", AUDIT, ADMIN, SUPER_ADMIN),
                        people("POST", REDRIVE, ADMIN, SUPER_ADMIN),
                        people("GET", ATTENTION, ADVERTISER, MODERATOR, ADMIN, SUPER_ADMIN),
                        people("GET", "/v1/kill-switches", MODERATOR, ADMIN, SUPER_ADMIN),
                        people("GET", "/v1/kill-switches/{name}", MODERATOR, ADMIN, SUPER_ADMIN),
                        people("PUT", "/v1/kill-switches/{name}", ADMIN, SUPER_ADMIN)),
                DEAD_LETTERS.stream().map(path -> people("GET", path, ADMIN, SUPER_ADMIN)),
                DESCRIPTION.stream().map(path -> known("GET", path)),
                CONTRACT.stream().map(path -> open("GET", path)),
                Stream.of(open("GET", "/actuator/health/**"),
                        people("GET", "/actuator/prometheus", ADMIN, SUPER_ADMIN).orKeysWith(Scope.METRICS_READ),
                        people("GET", "/actuator/**", ADMIN, SUPER_ADMIN)))
                .flatMap(rules -> rules).toList();
    }
}
