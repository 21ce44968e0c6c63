package io.campaignlauncher.job.http;

import io.campaignlauncher.access.audit.AuditReads;
import io.campaignlauncher.access.http.OtherBodies;
import io.campaignlauncher.access.audit.AuditedChanges;
import io.campaignlauncher.access.http.TracedRequests;
import io.campaignlauncher.graph.Graph;
import io.campaignlauncher.job.live.LiveJobs;
import io.campaignlauncher.job.live.LiveSettings;
import io.campaignlauncher.job.model.JobCommandGateway;
import io.campaignlauncher.job.model.JobPolicy;
import io.campaignlauncher.job.model.Strategy;
import io.campaignlauncher.job.model.WebhookRules;
import io.campaignlauncher.job.preview.LaunchPreviews;
import io.campaignlauncher.job.stored.JobHistory;
import io.campaignlauncher.job.view.CredentialUses;
import io.campaignlauncher.job.view.JobQueries;
import io.campaignlauncher.job.webhook.WebhookAdmission;
import io.campaignlauncher.messaging.Credentials;
import io.campaignlauncher.messaging.KillSwitches;
import io.campaignlauncher.messaging.Readiness;
import io.campaignlauncher.messaging.RecordPublisher;
import io.campaignlauncher.messaging.Settings;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.ReleasedSchema;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** The routes of the HTTP API. Needs Jobs, JobQueries, a Graph, LaunchPreviews, Credentials, KillSwitches, WebhookRules, WebhookAdmission, AuditedChanges, a RecordPublisher, LaunchRecords, a Clock. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ HttpSettings.class, LiveSettings.class, LegacyRoutesSettings.class })
public class HttpConfiguration {

    @Bean
    JobHistory jobHistory(DataSource dataSource, LaunchRecords records) {
        return new JobHistory(dataSource, records.encoding());
    }

    @Bean
    LiveJobs liveJobs(JobHistory history, LiveSettings settings, MeterRegistry meters) {
        return new LiveJobs(history, settings, meters);
    }

    @Bean
    DecisionQueue decisionQueue(JobCommandGateway jobs, HttpSettings settings, MeterRegistry meters) {
        return new DecisionQueue(jobs, settings, meters);
    }

    @Bean
    CredentialCheck credentialCheck(Graph graph, Environment environment, Clock clock) {
        return new CredentialCheck(graph, Settings.of(environment, CredentialCheckSettings.class), clock);
    }

    @Bean
    TenantLimits tenantLimits(RequestLimitSettings settings, JobQueries queries, DataSource dataSource) {
        return new TenantLimits(settings, queries, JdbcClient.create(dataSource));
    }

    @Bean
    RouterFunction<ServerResponse> launchRoutes(DecisionQueue decisionQueue, JobQueries queries,
            Credentials credentials,
            RecordPublisher publisher, LaunchRecords records, Readiness readiness, DataSource dataSource,
            HttpSettings settings, WebhookRules webhooks, WebhookAdmission admission, JobHistory history, LiveJobs live,
            LiveSettings liveSettings, LegacyRoutesSettings olderSettings, JobPolicy policy,
            KillSwitches killSwitches, CredentialCheck check, CredentialUses uses, AuditedChanges audited,
            TenantLimits limits, LaunchPreviews previews, Clock clock) {
        var accepted = new IdempotencyKeys(JdbcClient.create(dataSource));
        var deferred = new DeferredRequests(accepted, queries, publisher, settings, policy, clock);
        var intake = new JobIntake(credentials, webhooks, admission, decisionQueue, queries, killSwitches, deferred,
                records,
                readiness, limits, settings, clock);
        var past = new HistoryReads(history, accepted);
        var stream = new JobStream(live, liveSettings, history, past);
        var older = new LegacyRoutes(intake, live, credentials, webhooks, olderSettings);
        var reads = new JobReads(queries, accepted, settings);
        var stored = new CredentialRoutes(credentials, new CredentialChanges(credentials, check, uses, settings), uses,
                readiness, audited, settings);
        var asAccepted = new JobsAsAccepted(history);
        var files = new FileRoutes(intake);
        var decisions = new PersonsDecisions(decisionQueue, past, audited, settings);
        return RouterFunctions.route()
                .GET("/v1/credentials", stored::list)
                .PUT("/v1/credentials/{credentialId}", stored::store)
                .DELETE("/v1/credentials/{credentialId}", stored::remove)
                .GET("/v1/audit",
                        new AuditReads(JdbcClient.create(dataSource), AuditConfiguration.TABLE, settings.pageSize(),
                                settings.pageSizeMax())::list)
                .POST("/v1/jobs", new LaunchRoute(intake, previews, queries, audited)::take)
                .GET("/v1/jobs", reads::list)
                .GET("/v1/search", new SearchReads(queries, accepted)::find)
                .GET("/v1/jobs/{jobId}", reads::job)
                .GET("/v1/jobs/{jobId}/slots", reads::slots)
                .GET("/v1/jobs/{jobId}/idempotency", reads::idempotency)
                .GET("/v1/jobs/{jobId}/verification", reads::verification)
                .GET("/v1/jobs/{jobId}/rollback", reads::rollbackPreview)
                .POST("/v1/jobs/{jobId}/rollback", decisions::decideRollback)
                .POST("/v1/jobs/{jobId}/cancel", decisions::cancel)
                .PUT("/v1/jobs/{jobId}/start", decisions::reschedule)
                .POST("/v1/jobs/{jobId}/clone", new JobClones(intake, asAccepted)::take)
                .GET("/v1/jobs/{jobId}/file", new JobFileReads(asAccepted)::file)
                .POST("/v1/files", files::preview)
                .POST("/v1/files/{sha256}/launch", files::launch)
                .GET("/v1/jobs/{jobId}/history", past::history)
                .GET("/v1/jobs/{jobId}/state", past::state)
                .GET("/v1/jobs/{jobId}/stream", stream::follow)
                .POST("/api/strategyForAll/create", older.launching(Strategy.FOR_ALL))
                .POST("/api/strategy150/create", older.launching(Strategy.ONE_FIFTY_ONE))
                .POST("/api/strategyForAds/create", older.launching(Strategy.FOR_ADS))
                .filter(Responses::withProblems)
                .build();
    }

    @Bean
    OtherBodies launchFiles() {
        return FileRoutes.BODIES;
    }

    @Bean
    TracedRequests tracedRequests() {
        return new TracedRequests();
    }

    @Bean
    RouterFunction<ServerResponse> apiDescription() {
        return new ApiDescription().routes();
    }

    @Bean
    @Order(0)
    RouterFunction<ServerResponse> schemaRoutes() {
        return new SchemaRoutes(ReleasedSchema.all()).routes();
    }

    /** Comes after every other route, those of other configurations too. */
    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    RouterFunction<ServerResponse> noSuchRoute() {
        return RouterFunctions.route()
                .route(RequestPredicates.path("/v1/**").or(RequestPredicates.path("/api/**")),
                        _ -> Mono.error(Problem.noSuchAddress()))
                .filter(Responses::withProblems)
                .build();
    }
}
