package io.campaignlauncher.job.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.access.audit.Audit;
import io.campaignlauncher.access.audit.AuditedChanges;
import io.campaignlauncher.access.audit.Callers;
import io.campaignlauncher.access.http.PeerAddresses;
import io.campaignlauncher.access.http.PrincipalToken;
import io.campaignlauncher.access.model.Principal;
import io.campaignlauncher.accountcheck.model.AccountLimits;
import io.campaignlauncher.graph.AccessToken;
import io.campaignlauncher.graph.Graph;
import io.campaignlauncher.graph.GraphAnswer;
import io.campaignlauncher.graph.GraphBatchAnswer;
import io.campaignlauncher.graph.GraphError;
import io.campaignlauncher.graph.GraphOperation;
import io.campaignlauncher.graph.GraphResult;
import io.campaignlauncher.graph.GraphUsage;
import io.campaignlauncher.job.InMemoryCredentials;
import io.campaignlauncher.job.InMemoryKillSwitches;
import io.campaignlauncher.job.attention.AttentionConfiguration;
import io.campaignlauncher.job.attention.AttentionSettings;
import io.campaignlauncher.job.calls.TestCalls;
import io.campaignlauncher.job.letters.TestLetters;
import io.campaignlauncher.job.live.LiveJobs;
import io.campaignlauncher.job.live.LiveSettings;
import io.campaignlauncher.job.look.LookConfiguration;
import io.campaignlauncher.job.look.LookSettings;
import io.campaignlauncher.job.look.Looks;
import io.campaignlauncher.job.media.TestMedia;
import io.campaignlauncher.job.model.Decision;
import io.campaignlauncher.job.model.DecisionContext;
import io.campaignlauncher.job.model.IssuedCommand;
import io.campaignlauncher.job.model.Job;
import io.campaignlauncher.job.model.JobCommand;
import io.campaignlauncher.job.model.JobCommandGateway;
import io.campaignlauncher.job.model.JobPolicy;
import io.campaignlauncher.job.model.JobState;
import io.campaignlauncher.job.model.LaunchRequest;
import io.campaignlauncher.job.model.Origin;
import io.campaignlauncher.job.model.WebhookRules;
import io.campaignlauncher.job.preview.LaunchPreviews;
import io.campaignlauncher.job.stored.JobHistory;
import io.campaignlauncher.job.view.CredentialUses;
import io.campaignlauncher.job.view.TestInfrastructure;
import io.campaignlauncher.job.webhook.TestWebhooks;
import io.campaignlauncher.job.webhook.WebhookAdmission;
import io.campaignlauncher.messaging.CredentialName;
import io.campaignlauncher.messaging.RecordPublisher;
import io.campaignlauncher.pace.OwnPaces;
import io.campaignlauncher.readmodel.ReadModelUnderTest;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.testing.DescribedApi;
import io.campaignlauncher.testing.GraphFake;
import io.campaignlauncher.worker.calls.JobCalls;
import io.campaignlauncher.worker.creation.CreationBatches;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The routes on a real database, with what is behind them in the test's hands. Each answer is compared with what the
 * description of the API says of it.
 */
final class HttpApi {

    static final DescribedApi DESCRIBED = DescribedApi.of("/api/openapi.yaml");
    static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    static final String APP_TOKEN = "77|the-app-secret";
    static final Mono<GraphAnswer> NO_ANSWER = Mono.just(new GraphAnswer(new GraphResult.Failure(
            new GraphError(GraphError.Kind.TEMPORARY, false, null, null, 0, "gone", null, null)), GraphUsage.NONE));
    static final Duration STUCK_AFTER = Duration.ofMinutes(10);
    private static final JobPolicy POLICY = JobPolicy.defaults(Duration.ofSeconds(10));

    final DataSource dataSource;
    private final TestMedia media;
    final TestCalls calls;
    final ReadModelUnderTest readModel;
    final RouterFunction<ServerResponse> routes;
    final WebTestClient client;
    final InMemoryCredentials credentials = new InMemoryCredentials(Clock.fixed(NOW, ZoneOffset.UTC));
    /** What Facebook is asked about tokens. */
    volatile Mono<GraphAnswer> facebook = NO_ANSWER;
    private final CredentialCheck check = new CredentialCheck(new GraphFake() {

        @Override
        public Mono<GraphAnswer> get(AccessToken token, String path, Map<String, String> parameters) {
            assertThat(token.value()).isEqualTo(APP_TOKEN);
            assertThat(path).isEqualTo("debug_token");
            assertThat(parameters).containsOnlyKeys("input_token");
            return facebook;
        }
    }, new CredentialCheckSettings(APP_TOKEN), Clock.fixed(NOW, ZoneOffset.UTC));
    /** The account that a preview looks at; nobody expects one. */
    final PreviewedAccount account = new PreviewedAccount();
    /** What looks see. */
    volatile Graph shown = account;
    /** Who is told of the requests of looks. */
    volatile JobCalls calledFor = JobCalls.NONE;
    final OwnPaces paces = new OwnPaces(Clock.systemUTC(), 0);
    private final Looks looks;
    /** Who asks. */
    volatile Principal asking = Principal.LOCAL_OPERATOR;
    final List<ProducerRecord<String, byte[]>> published = new CopyOnWriteArrayList<>();
    final List<JobCommand> decided = new CopyOnWriteArrayList<>();
    /** The requests that became jobs, with where they came from. */
    final List<Taken> taken = new CopyOnWriteArrayList<>();
    private final Map<String, JobState> states = new ConcurrentHashMap<>();
    final InMemoryKillSwitches switches = new InMemoryKillSwitches(Clock.systemUTC());
    /** What becomes of a request as soon as it is a job. */
    volatile Consumer<LaunchRequest> onceTaken = _ -> {};
    volatile Mono<Void> ready = Mono.empty();
    /** What happens to a record after it was noted. */
    volatile Mono<Void> publication = Mono.empty();
    private volatile RecordPublisher behind = _ -> Mono.empty();
    /** What a decision on a request waits for. */
    volatile CompletableFuture<Void> deciding = CompletableFuture.completedFuture(null);
    volatile CompletableFuture<Decision> decision = CompletableFuture.completedFuture(Decision.accept());

    final TestWebhooks webhooks;
    final JobHistory history;
    final LiveJobs live;
    final AuditedChanges audited;
    private final DecisionQueue decisions;

    record Taken(UUID jobId, LaunchRequest request, Origin origin) {}

    HttpApi(String database, HttpSettings settings) {
        this(database, settings, LiveSettings.defaults(), LegacyRoutesSettings.none(Duration.ofMinutes(1)));
    }

    HttpApi(String database, HttpSettings settings, LiveSettings liveSettings, LegacyRoutesSettings olderSettings) {
        this(database, settings, liveSettings, olderSettings, _ -> WebhookAdmission.ofAny());
    }

    /** Where a launch may name none but registered webhooks. */
    static HttpApi ofRegisteredWebhooks(String database) {
        return new HttpApi(database, HttpSettings.defaults(), LiveSettings.defaults(),
                LegacyRoutesSettings.none(Duration.ofMinutes(1)), TestWebhooks::admission);
    }

    private HttpApi(String database, HttpSettings settings, LiveSettings liveSettings,
            LegacyRoutesSettings olderSettings, Function<TestWebhooks, WebhookAdmission> admission) {
        credentials.store(CredentialName.local("default"), "token").block();
        dataSource = TestInfrastructure.database(database);
        readModel = new ReadModelUnderTest(dataSource);
        RecordPublisher publisher = record -> Mono.defer(() -> {
            published.add(record);
            return publication.then(behind.publish(record));
        });
        var configuration = new HttpConfiguration();
        media = TestMedia.on(dataSource);
        calls = TestCalls.on(dataSource);
        var records = new LaunchRecords();
        history = configuration.jobHistory(dataSource, records);
        live = configuration.liveJobs(history, liveSettings, new SimpleMeterRegistry());
        decisions = configuration.decisionQueue(jobs(), settings, new SimpleMeterRegistry());
        var callers = new Callers("secret", new PeerAddresses(List.of()));
        audited = new AuditedChanges(new Audit(JdbcClient.create(dataSource), AuditConfiguration.TABLE)::note, callers,
                Duration.ofSeconds(10));
        webhooks = TestWebhooks.on(dataSource, Clock.fixed(NOW, ZoneOffset.UTC));
        looks = LookConfiguration.looks(shown(), credentials, paces, work -> calledFor.of(work), dataSource,
                new JdbcTransactionManager(dataSource), records, LookSettings.defaults(), Clock.systemUTC());
        routes = configuration.launchRoutes(decisions, readModel.queries(), credentials, publisher, records,
                () -> Mono.defer(() -> ready), dataSource, settings, new WebhookRules(true, false),
                admission.apply(webhooks), history,
                live, liveSettings, olderSettings, POLICY, switches, check,
                new CredentialUses(dataSource, records.encoding()), audited,
                new TenantLimits(new RequestLimitSettings(0, 0, 0, 0, 0, 0, 0, 0, Duration.ofMinutes(1), 1),
                        readModel.queries(), JdbcClient.create(dataSource)),
                new LaunchPreviews(account, credentials, (_, _) -> false, media.files, AccountLimits.REGULAR,
                        CreationBatches.within(0), POLICY, Clock.fixed(NOW, ZoneOffset.UTC)),
                Clock.fixed(NOW, ZoneOffset.UTC))
                .and(new WebhookRoutesConfiguration().webhookRoutes(webhooks.registry(), new WebhookRules(true, false),
                        callers, settings))
                .and(new CallRoutesConfiguration().callRoutes(calls.queries(), dataSource, settings))
                .and(mediaRoutes(settings))
                .and(operatorRoutes(TestLetters.without(dataSource), settings))
                .and(new LookRoutesConfiguration().lookRoutes(looks, history, dataSource))
                .and(AccountRoutesConfiguration.routes(dataSource, credentials,
                        new CredentialUses(dataSource, records.encoding()), 100, settings, Clock.systemUTC()))
                .and(configuration.schemaRoutes())
                .and(configuration.apiDescription());
        client = WebTestClient.bindToRouterFunction(routes.and(configuration.noSuchRoute()))
                .webFilter(configuration.tracedRequests())
                .webFilter(asking())
                .configureClient()
                .filter(checkingAnswers())
                .responseTimeout(Duration.ofSeconds(60))
                .build();
    }

    private Graph shown() {
        return new GraphFake() {

            @Override
            public Mono<GraphBatchAnswer> batch(AccessToken token, List<GraphOperation> operations) {
                return shown.batch(token, operations);
            }
        };
    }

    /** Without a Facebook behind them. */
    private RouterFunction<ServerResponse> mediaRoutes(HttpSettings settings) {
        return new MediaRoutesConfiguration().mediaRoutes(media.images, media.videos, media.files, credentials,
                Mono::empty, audited, media.settings, settings, media.meters);
    }

    RouterFunction<ServerResponse> operatorRoutes(TestLetters letters, HttpSettings settings) {
        var attention = new AttentionConfiguration().attention(dataSource, switches, letters.table, credentials,
                webhooks.registry(), new AttentionSettings(STUCK_AFTER, Duration.ofDays(14), Duration.ofDays(7)),
                Clock.fixed(NOW, ZoneOffset.UTC));
        return new OperatorRoutesConfiguration().operatorRoutes(letters.table, letters.reader, letters.redrives,
                attention, () -> Mono.defer(() -> ready), switches, audited, settings);
    }

    /** Compares every answer with its description; one that is a stream by its status and type only. */
    static ExchangeFilterFunction checkingAnswers() {
        return (request, next) -> next.exchange(request).flatMap(response -> {
            var type = response.headers().contentType();
            var stream = type.filter(MediaType.TEXT_EVENT_STREAM::isCompatibleWith).isPresent();
            var content = stream ? Mono.<byte[]>empty() : response.bodyToMono(byte[].class);
            return content.defaultIfEmpty(new byte[0]).map(body -> {
                DESCRIBED.check(request.method().name(), request.url().getRawPath(), response.statusCode().value(),
                        type.map(MediaType::toString).orElse(null), body);
                return stream ? response
                        : response.mutate().body(Flux.just(DefaultDataBufferFactory.sharedInstance.wrap(body))).build();
            });
        });
    }

    /** Nobody has ever asked for anything. */
    void forget() {
        new JdbcTemplate(dataSource).execute("truncate idempotency_keys");
        published.clear();
        taken.clear();
        states.clear();
    }

    /** Records go there too. */
    void publishTo(RecordPublisher publisher) {
        behind = publisher;
    }

    private JobCommandGateway jobs() {
        return new JobCommandGateway() {

            @Override
            public CompletableFuture<List<Decision>> decide(String jobId, List<IssuedCommand> commands) {
                if (commands.getFirst() instanceof IssuedCommand(JobCommand.AcceptJob accept, Origin origin)) {
                    return deciding.thenApply(_ -> List.of(accepted(accept, origin)));
                }
                decided.addAll(commands.stream().map(IssuedCommand::command).toList());
                return decision.thenApply(List::of);
            }

            private synchronized Decision accepted(JobCommand.AcceptJob accept, Origin origin) {
                var before = states.getOrDefault(accept.jobId(), Job.initialState());
                var decision = Job.decide(before, accept, new DecisionContext(accept.jobId(), NOW, POLICY));
                if (decision instanceof Decision.Accepted(var events) && !events.isEmpty()) {
                    taken.add(new Taken(UUID.fromString(accept.jobId()), accept.request(), origin));
                    states.put(accept.jobId(), events.stream().reduce(before, Job::evolve, (_, last) -> last));
                    onceTaken.accept(accept.request());
                }
                return decision;
            }

            @Override
            public JobState state(String jobId) {
                return Job.initialState();
            }
        };
    }

    /** In place of the rules before the routes. */
    WebFilter asking() {
        return (exchange, chain) -> chain
                .filter(exchange.mutate().principal(Mono.just(new PrincipalToken(asking))).build());
    }
}
