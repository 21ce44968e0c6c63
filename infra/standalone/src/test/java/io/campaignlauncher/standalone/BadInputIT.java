package io.campaignlauncher.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.campaignlauncher.schemas.AdSetSpec;
import io.campaignlauncher.schemas.AdSpec;
import io.campaignlauncher.schemas.CampaignSpec;
import io.campaignlauncher.schemas.CreateCampaign;
import io.campaignlauncher.schemas.Strategy;
import io.campaignlauncher.schemas.Topic;
import io.campaignlauncher.simulator.core.FaultTarget;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What is no request or breaks a rule becomes a dead letter, as it was, and holds up nobody. */
@OnRunningSystem
class BadInputIT {

    private static final String COMMANDS = Topic.CAMPAIGN_COMMANDS.topicName();

    private final RunningSystem system;

    BadInputIT(RunningSystem system) {
        this.system = system;
    }

    /** @param reason a part of what the dead letter has to say */
    private record Bad(String name, ProducerRecord<String, byte[]> record, String reason) {}

    @TestFactory
    Stream<DynamicTest> keeps_as_a_dead_letter() {
        var bad = Stream.concat(unreadable(), againstTheRules()).toList();
        bad.forEach(each -> system.publish(each.record()));
        // One good request on every partition, behind all the bad ones.
        var good = goodOnesOnEveryPartition();
        good.forEach(system::publish);
        return Stream.concat(bad.stream().map(each -> DynamicTest.dynamicTest(each.name(), () -> isKept(each))),
                Stream.of(DynamicTest.dynamicTest("and completes the good records behind them",
                        () -> good.forEach(this::completed))));
    }

    private Stream<Bad> unreadable() {
        var good = sample();
        return Stream.of(
                new Bad("bytes that are no Avro", with(good, "this is no Avro".getBytes(StandardCharsets.UTF_8)),
                        "single-object encoding"),
                new Bad("no bytes at all", with(good, null), "without a value"),
                new Bad("an empty value", with(good, new byte[0]), "single-object encoding"),
                new Bad("a fingerprint that nobody knows", with(good, changed(good.value(), 5)), "fingerprint"),
                new Bad("half a record", with(good, Arrays.copyOf(good.value(), good.value().length / 2)),
                        "not the bytes of a CreateCampaign"),
                new Bad("more than a record", with(good, Arrays.copyOf(good.value(), good.value().length + 3)),
                        "more bytes"),
                new Bad("no type", without(good, "ce_type"), "type"),
                new Bad("no headers", bare(good), "CloudEvent"),
                new Bad("no subject", without(good, "ce_subject"), "ce_subject"),
                new Bad("no time", without(good, "ce_time"), "ce_time"),
                new Bad("another content type", header(good, "content-type", "application/json"), "content-type"),
                new Bad("a type that nobody knows", header(good, "ce_type", "MakeCoffee"), "MakeCoffee"),
                new Bad("an id longer than events may repeat", header(good, "ce_id", "x".repeat(501)), "ce_id has 501"),
                new Bad("a message of another kind", header(good, "ce_type", "JobCompleted"), ""));
    }

    private Stream<Bad> againstTheRules() {
        return Stream.of(
                rule("no ad sets", base().setAdSetCount(0), "adSetCount"),
                rule("less than no ad sets", base().setAdSetCount(-1), "adSetCount"),
                rule("more ad sets than a campaign holds", base().setAdSetCount(201), "adSetCount"),
                rule("more bytes than its events have room for", large(), "may have at most 524288 bytes"),
                rule("an uneven number of ads", base().setAdCount(4), "adCount"),
                rule("no ads", Requests.forAds(system.freshAccount(), 0), "adCount"),
                rule("less than no ads", Requests.forAds(system.freshAccount(), -5), "adCount"),
                rule("more than 50 ads in an ad set", Requests.forAds(system.freshAccount(), 51), "adCount"),
                rule("no count for a strategy that needs one", Requests.forAll(system.freshAccount(), 1)
                        .setAdSetCount(null), "adSetCount"),
                rule("a strategy that nobody knows", base().setStrategy(Strategy.UNKNOWN), "strategy"),
                rule("an account id without act_", base().setAdAccountId("700000001"), "adAccountId"),
                rule("a name of more than 400 characters", base().setCampaign(Requests.campaign("x".repeat(401))),
                        "campaign.name"),
                rule("a name that a batch would read as a reference",
                        base().setCampaign(Requests.campaign("Sale {result=adset:$.id}")), "campaign.name"),
                rule("a text that a batch would read as a reference", base().setAd(new AdSpec(
                        "{\"object_story_spec\":{\"link_data\":{\"message\":\"Save {result=ten:$.percent} now\"}}}",
                        Map.of())), "ad.creative"),
                rule("a name that turns its direction", base().setCampaign(Requests.campaign("Sale \u202e")),
                        "campaign.name"),
                rule("a user that was broken on its way", base().setUserId("u\ufffd"), "userId"),
                rule("a budget on both levels", base().setCampaign(new CampaignSpec("Sale", "OUTCOME_SALES", List.of(),
                        Map.of("lifetime_budget", "9000"))), "campaign.graphFields.lifetime_budget"),
                rule("no budget", base().setAdSet(new AdSetSpec(null, "IMPRESSIONS", "REACH",
                        "{\"geo_locations\":{\"countries\":[\"US\"]}}", Map.of("lifetime_budget", "null"))),
                        "adSet.dailyBudget"),
                rule("no name", base().setCampaign(Requests.campaign(" ")), "campaign.name"),
                rule("no user", base().setUserId(""), "userId"),
                rule("no key", base().setIdempotencyKey(""), "idempotencyKey"),
                rule("a key that is not ASCII", base().setIdempotencyKey("cl\u00e9-" + UUID.randomUUID()),
                        "idempotencyKey"),
                rule("a key with a blank", base().setIdempotencyKey("cle 1 " + UUID.randomUUID()), "idempotencyKey"),
                rule("a credential that nobody stored", base().setCredentialId("nobody-stored-this"), "credentialId"),
                rule("a negative retry budget", base().setRetryBudget(-1), "retryBudget"),
                rule("a webhook of another scheme", base().setWebhook("ftp://example.com"), "webhook"),
                rule("a webhook with a password", base().setWebhook("https://user:password@example.com"), "webhook"),
                rule("several mistakes at once", base().setAdAccountId("1").setAdSetCount(0)
                        .setCampaign(Requests.campaign("")), "campaign.name"));
    }

    /** What Graph takes as control of a call, or as a second parent, by the part of the request that it is smuggled into. */
    private static Stream<Arguments> smuggled() {
        var batch = "[{\"method\":\"DELETE\",\"relative_url\":\"%s\"}]";
        return Stream.of(Arguments.of("campaign", "batch", batch), Arguments.of("campaign", "method", "\"get\""),
                Arguments.of("campaign", "status", "\"DELETED\""), Arguments.of("campaign", "ids", "\"%s\""),
                Arguments.of("adSet", "method", "\"delete\""),
                Arguments.of("adSet", "campaign_spec", "{\"name\":\"x\"}"),
                Arguments.of("ad", "adset_spec", "{\"name\":\"x\"}"), Arguments.of("ad", "batch", batch),
                Arguments.of("ad", "Access_Token", "\"x\""), Arguments.of("ad", "a&b=c d", "1"),
                Arguments.of("ad", "", "1"));
    }

    /** A create that a field turns into something else would delete or make what nobody knows of. */
    @ParameterizedTest
    @MethodSource("smuggled")
    void lets_no_field_take_control_of_a_call(String part, String name, String json) {
        var account = system.freshAccount();
        var bystander = system.facebook().makeCampaign(account, "Somebody else's");
        var given = Map.of(name, json.replace("%s", bystander));
        var counted = writes();
        var request = base().setAdAccountId(account);
        switch (part) {
            case "campaign" -> request.setCampaign(new CampaignSpec("Fern sale", "OUTCOME_SALES", List.of(), given));
            case "adSet" -> request.setAdSet(AdSetSpec.newBuilder(request.getAdSet()).setGraphFields(given).build());
            default -> request.setAd(new AdSpec(request.getAd().getCreative(), given));
        }
        var command = request.build();
        var body = Requests.body(command);
        var inPart = (ObjectNode) JsonMapper.shared().valueToTree(body.get(part));
        inPart.putObject("graphFields").set(name, JsonMapper.shared().readTree(given.get(name)));
        body.put(part, inPart);
        var field = part + ".graphFields." + (name.matches("\\w+") ? name : "?");

        var answer = system.http().post("/v1/jobs", body, Map.of("Idempotency-Key", "smuggled"));
        assertThat(answer.status()).as(answer.body()::toPrettyString).isEqualTo(400);
        assertThat(answer.body().path("errors")).singleElement()
                .satisfies(error -> assertThat(error.path("field").asString()).isEqualTo(field));
        isKept(published(new Bad(field, system.records().createCampaign(command, "/acceptance", Instant.now()),
                field)));
        assertThat(writes()).as("calls on Facebook").isEqualTo(counted);
        assertThat(system.facebook().campaigns(account)).singleElement()
                .satisfies(campaign -> assertThat(campaign.itself().id()).isEqualTo(bystander));
    }

    private Map<FaultTarget, Long> writes() {
        var writes = new TreeMap<>(system.simulator().counters().operations());
        writes.keySet().removeIf(kind -> kind.name().startsWith("READ") || kind == FaultTarget.BATCH);
        return writes;
    }

    private CreateCampaign.Builder base() {
        return Requests.oneFiftyOne(system.freshAccount(), 3);
    }

    /** With the names of its 400 slots it would be a creation command of more than 1 MiB. */
    private CreateCampaign.Builder large() {
        var text = "\"" + "y".repeat(90_000) + "\"";
        var fields = IntStream.rangeClosed(1, 7).boxed().collect(Collectors.toMap(i -> "x" + i, _ -> text));
        var request = Requests.forAll(system.freshAccount(), 200).setCampaign(Requests.campaign("漢".repeat(386)));
        return request.setAd(new AdSpec(request.getAd().getCreative(), fields));
    }

    private Bad rule(String name, CreateCampaign.Builder request, String field) {
        return new Bad(name, system.records().createCampaign(request.build(), "/acceptance", Instant.now()), field);
    }

    private ProducerRecord<String, byte[]> sample() {
        return system.records().createCampaign(base().build(), "/acceptance", Instant.now());
    }

    private Bad published(Bad bad) {
        system.publish(bad.record());
        return bad;
    }

    private void isKept(Bad bad) {
        var letter = await("the dead letter").atMost(RunningSystem.PATIENCE).until(() -> find(bad), Optional::isPresent)
                .orElseThrow();
        system.published().takeAway(letter);
        assertThat(letter.topic()).isEqualTo(Topic.CAMPAIGN_COMMANDS.deadLetterName());
        assertThat(letter.key()).isEqualTo(bad.record().key());
        assertThat(letter.value()).isEqualTo(bad.record().value());
        for (var header : bad.record().headers()) {
            assertThat(letter.headers().lastHeader(header.key()).value()).as(header.key()).isEqualTo(header.value());
        }
        assertThat(PublishedRecords.header(letter, "dlt-reason")).isNotBlank().contains(bad.reason());
        assertThat(PublishedRecords.header(letter, "dlt-topic")).isEqualTo(COMMANDS);
        assertThat(PublishedRecords.header(letter, "dlt-partition")).containsOnlyDigits();
        assertThat(PublishedRecords.header(letter, "dlt-offset")).containsOnlyDigits();
        assertThat(PublishedRecords.header(letter, "dlt-consumer")).isNotBlank();
        assertThat(system.http().get("/v1/jobs/" + bad.record().key()).status()).as("it never became a job")
                .isEqualTo(404);
    }

    private Optional<ConsumerRecord<String, byte[]>> find(Bad bad) {
        return system.published().deadLetters().stream()
                .filter(letter -> letter.key().equals(bad.record().key())
                        && Arrays.equals(letter.value(), bad.record().value()))
                .findFirst();
    }

    private List<CreateCampaign> goodOnesOnEveryPartition() {
        var perPartition = new TreeMap<Integer, CreateCampaign>();
        while (perPartition.size() < Topic.CAMPAIGN_COMMANDS.partitions()) {
            var request = Requests.oneFiftyOne(system.freshAccount(), 1).build();
            var key = RunningSystem.jobId(request).getBytes(StandardCharsets.UTF_8);
            int partition = Utils
                    .toPositive(Utils.murmur2(key))
                    % Topic.CAMPAIGN_COMMANDS.partitions();
            perPartition.putIfAbsent(partition, request);
        }
        return List.copyOf(perPartition.values());
    }

    private void completed(CreateCampaign request) {
        var jobId = RunningSystem.jobId(request);
        assertThat(system.settled(jobId).path("status").asString()).isEqualTo("completed");
        Invariants.hold(system, jobId);
    }

    /** Each has a key of its own, so that its dead letter can be told from the others. */
    private static ProducerRecord<String, byte[]> with(ProducerRecord<String, byte[]> record, byte[] value) {
        return new ProducerRecord<>(COMMANDS, null, UUID.randomUUID().toString(), value, record.headers());
    }

    private static ProducerRecord<String, byte[]> bare(ProducerRecord<String, byte[]> record) {
        return new ProducerRecord<>(COMMANDS, UUID.randomUUID().toString(), record.value());
    }

    private static ProducerRecord<String, byte[]> without(ProducerRecord<String, byte[]> record, String header) {
        var copy = with(record, record.value());
        copy.headers().remove(header);
        return copy;
    }

    private static ProducerRecord<String, byte[]> header(ProducerRecord<String, byte[]> record, String name,
            String value) {
        var copy = without(record, name);
        copy.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
        return copy;
    }

    private static byte[] changed(byte[] bytes, int at) {
        var copy = bytes.clone();
        copy[at] ^= 0x55;
        return copy;
    }
}
