package io.campaignlauncher.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.eventstore.EventReader;
import io.campaignlauncher.eventstore.EventStoreSchema;
import io.campaignlauncher.eventstore.EventWriter;
import io.campaignlauncher.eventstore.StoredEvent;
import io.campaignlauncher.market.messages.MarketMessages;
import io.campaignlauncher.market.model.Actor;
import io.campaignlauncher.market.model.Decision;
import io.campaignlauncher.market.model.IssuedCommand;
import io.campaignlauncher.market.model.Market;
import io.campaignlauncher.market.model.MarketCommand;
import io.campaignlauncher.market.model.MarketEvent;
import io.campaignlauncher.market.model.MarketIds;
import io.campaignlauncher.market.model.MarketPolicy;
import io.campaignlauncher.market.model.Message;
import io.campaignlauncher.market.model.Place;
import io.campaignlauncher.market.model.RecordedEvent;
import io.campaignlauncher.market.model.Role;
import io.campaignlauncher.market.tables.LockedCases;
import io.campaignlauncher.market.tables.MarketTables;
import io.campaignlauncher.schemas.AvroEncoding;
import io.campaignlauncher.testing.TestDatabase;
import io.campaignlauncher.tools.events.EventStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A marketplace on a database of its own: events and tables, written by the real decisions. Anna pays for four targets in Paula's channel: one
 * was released, one refunded, one is posted and waits for its last look, one is queued.
 */
public final class MarketUnderTest implements AutoCloseable {

    public static final String TENANT = "local";
    public static final UUID CAMPAIGN = new UUID(0, 1);
    public static final UUID CORRECTION = new UUID(2, 1);
    public static final UUID RELEASED = new UUID(1, 1);
    public static final UUID REFUNDED = new UUID(1, 2);
    public static final UUID POSTED = new UUID(1, 3);
    public static final UUID QUEUED = new UUID(1, 4);
    private static final long CHAT = -1001;
    public static final UUID CHANNEL = MarketIds.channel(CHAT);
    public static final UUID ANNAS_WALLET = MarketIds.userWallet(TENANT, "anna");
    private static final Actor ANNA = actor("anna", Role.ADVERTISER);
    private static final Actor MODERATOR = actor("mora", Role.MODERATOR);
    private static final Actor ADMIN = actor("adam", Role.ADMIN);
    private static final Actor SYSTEM = Actor.system(TENANT);

    private final EventStore.Address address;
    private final SingleConnectionDataSource dataSource;
    private final TransactionTemplate transaction;
    private final LockedCases cases;
    private final MarketTables tables;
    private final EventWriter writer;
    private final AvroEncoding encoding = new AvroEncoding();

    public MarketUnderTest(String name) throws Exception {
        var server = TestDatabase.shared();
        address = new EventStore.Address(server.createDatabase(name), server.username(), server.password());
        dataSource = new SingleConnectionDataSource(address.url(), String.valueOf(address.user()),
                String.valueOf(address.password()), true);
        var jdbc = new JdbcTemplate(dataSource);
        jdbc.execute("create schema market; set search_path to market");
        for (var migration : migrations()) {
            jdbc.execute(migration.getContentAsString(StandardCharsets.UTF_8));
        }
        jdbc.execute("set search_path to public");
        transaction = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
        var schema = EventStoreSchema.MARKETPLACE;
        cases = new LockedCases(jdbc, schema.name(), MarketPolicy.DEFAULT);
        tables = new MarketTables(jdbc, schema.name());
        writer = new EventWriter(JdbcClient.create(jdbc), schema);
        play();
    }

    /** All that there are, whichever module they are in. */
    private static List<Resource> migrations() throws IOException {
        var found = new PathMatchingResourcePatternResolver().getResources("classpath*:db/market/V*.sql");
        return Arrays.stream(found).sorted(Comparator.comparing(Resource::getFilename)).toList();
    }

    private void play() {
        tell(ADMIN, new MarketCommand.Deposit("anna", "100.00", "bank-1"));
        tell(actor("paula", Role.PUBLISHER), new MarketCommand.OfferChannel("@p", "10.00", CHAT, "P", List.of()));
        tell(ANNA, new MarketCommand.DraftCampaign(CAMPAIGN, "Spring", "50.00"));
        tell(ANNA, new MarketCommand.ActivateCampaign(CAMPAIGN));
        for (var target : List.of(RELEASED, REFUNDED, POSTED, QUEUED)) {
            tell(ANNA, new MarketCommand.DraftTarget(CAMPAIGN, target,
                    new Place.TelegramPost(CHANNEL, "Buy\tnow", null, null, null)));
            tell(ANNA, new MarketCommand.SubmitTarget(CAMPAIGN, target));
            tell(MODERATOR, new MarketCommand.ApproveTarget(target, 1));
        }
        for (var target : List.of(RELEASED, POSTED)) {
            tell(SYSTEM, new MarketCommand.StartPosting(target, 1));
            tell(SYSTEM, new MarketCommand.ReportPosted(target, 1,
                    new Message(CHAT, target.getLeastSignificantBits(), "https://t.me/p")));
        }
        tell(SYSTEM, new MarketCommand.ReportLastLook(RELEASED, Instant.EPOCH, true));
        tell(SYSTEM, new MarketCommand.StartPosting(REFUNDED, 1));
        tell(SYSTEM, new MarketCommand.ReportFailed(REFUNDED, 1, "text refused"));
        tell(ADMIN, new MarketCommand.ProposeCorrection(CORRECTION, MarketIds.fees(TENANT), ANNAS_WALLET, "0.50",
                "a gift"));
        tell(actor("susan", Role.SUPER_ADMIN), new MarketCommand.ApproveCorrection(CORRECTION));
    }

    private void tell(Actor actor, MarketCommand command) {
        var decision = transaction.execute(_ -> decided(actor, command));
        assertThat(decision).as("%s", command).isInstanceOf(Decision.Accepted.class);
    }

    private Decision decided(Actor actor, MarketCommand command) {
        var found = cases.load(actor.tenant(), command);
        var decision = Market.decide(found, new IssuedCommand(actor, "c-1", command));
        if (decision instanceof Decision.Accepted(var events)) {
            tables.apply(stored(events, found.now()), found);
        }
        return decision;
    }

    private List<RecordedEvent> stored(List<MarketEvent> events, Instant at) {
        var sequences = new HashMap<>(
                writer.next(events.stream().map(event -> event.stream().id().toString()).distinct().toList()));
        var rows = events.stream().map(event -> {
            var stream = event.stream().id().toString();
            var message = MarketMessages.message(event);
            return new EventWriter.NewEvent(UUID.randomUUID().toString(), stream,
                    sequences.merge(stream, 1L, Long::sum) - 1, event.stream().kind().word(), at.toString(),
                    message.getSchema().getName(), encoding.encode(message),
                    "{\"correlationId\":\"c-1\"}".getBytes(StandardCharsets.UTF_8));
        }).toList();
        var positions = writer.append(rows);
        var recorded = new ArrayList<RecordedEvent>();
        for (int i = 0; i < events.size(); i++) {
            recorded.add(new RecordedEvent(positions.get(i), at, events.get(i)));
        }
        return recorded;
    }

    public EventStore.Address address() {
        return address;
    }

    /** How the command line is told of it. */
    public Map<String, String> environment() {
        return Map.of("SPRING_DATASOURCE_URL", address.url(), "SPRING_DATASOURCE_USERNAME",
                String.valueOf(address.user()), "SPRING_DATASOURCE_PASSWORD", String.valueOf(address.password()));
    }

    public JdbcClient jdbc() {
        return JdbcClient.create(dataSource);
    }

    public List<StoredEvent> events() {
        return new EventReader(jdbc(), EventStoreSchema.MARKETPLACE).page(0, Long.MAX_VALUE, 1_000);
    }

    /** Runs statements past every guard of the tables. */
    public void corrupt(String... statements) throws SQLException {
        try (var connection = address.connect(); var statement = connection.createStatement()) {
            statement.execute("set search_path to market");
            for (var table : List.of("wallets", "campaigns", "campaign_targets", "ledger_entries")) {
                statement.execute("alter table " + table + " disable trigger user");
            }
            for (var each : statements) {
                statement.execute(each);
            }
        }
    }

    @Override
    public void close() {
        dataSource.destroy();
    }

    private static Actor actor(String name, Role role) {
        return new Actor(TENANT, name, Set.of(role));
    }
}
