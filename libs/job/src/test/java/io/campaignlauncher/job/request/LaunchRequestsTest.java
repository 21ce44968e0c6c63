package io.campaignlauncher.job.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.campaignlauncher.job.model.AdSetSpec;
import io.campaignlauncher.job.model.AdSpec;
import io.campaignlauncher.job.model.CampaignSpec;
import io.campaignlauncher.job.model.DuplicateName;
import io.campaignlauncher.job.model.LaunchRequest;
import io.campaignlauncher.job.model.Ownership;
import io.campaignlauncher.job.model.RequestFingerprint;
import io.campaignlauncher.job.model.RequestRules;
import io.campaignlauncher.job.model.RollbackPolicy;
import io.campaignlauncher.job.model.Strategy;
import io.campaignlauncher.job.model.Violation;
import io.campaignlauncher.schemas.CreateCampaign;
import io.campaignlauncher.schemas.UnreadableRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LaunchRequestsTest {

    private static final LaunchRequest FULL = request("key", "{\"x\":1}", Map.of("a", "1", "b", "2"), 5,
            Strategy.FOR_ADS, 3);

    @Test
    void a_request_comes_back_from_the_schemas_as_it_was() {
        assertThat(LaunchRequests.fromAvro(LaunchRequests.toAvro(FULL))).isEqualTo(FULL);
        var owned = FULL.ownedBy(new Ownership("acme", "ann"));
        assertThat(LaunchRequests.fromAvro(LaunchRequests.toAvro(owned))).isEqualTo(owned).isNotEqualTo(FULL);
        assertThat(LaunchRequests.canonical(owned).ownership()).isEqualTo(owned.ownership());
        var bare = new LaunchRequest("k", "u", "act_1", "c", null, null, null, null, null,
                new CampaignSpec("n", "o", List.of(), Map.of()), new AdSetSpec(null, "b", "g", "{}", Map.of()),
                new AdSpec("{}", Map.of()), null, null, null, null, 0);
        assertThat(LaunchRequests.fromAvro(LaunchRequests.toAvro(bare))).isEqualTo(bare);
    }

    @Test
    void when_a_launch_begins_and_whose_files_it_names_is_part_of_the_request_and_of_its_fingerprint() {
        var later = FULL.startingAt("2026-12-01T09:00:00");
        var withFiles = FULL.withMediaOf("summer");
        assertThat(LaunchRequests.fromAvro(LaunchRequests.toAvro(later))).isEqualTo(later);
        assertThat(LaunchRequests.fromAvro(LaunchRequests.toAvro(withFiles))).isEqualTo(withFiles);
        assertThat(Stream.of(FULL, later, withFiles, FULL.startingAt("summer")).map(RequestFingerprint::of))
                .doesNotHaveDuplicates();
        assertThat(LaunchJson.read(LaunchJson.write(later.withMediaOf("summer")), later.idempotencyKey(),
                new ArrayList<>()).ownedBy(later.ownership())).isEqualTo(later.withMediaOf("summer"));
    }

    @Test
    void one_time_to_begin_is_one_request_however_it_is_written() {
        assertThat(LaunchRequests.canonical(FULL.startingAt("2026-12-01T10:00+01:00")))
                .isEqualTo(LaunchRequests.canonical(FULL.startingAt("2026-12-01T09:00:00.000Z")))
                .isEqualTo(FULL.startingAt("2026-12-01T09:00:00Z"))
                .isNotEqualTo(LaunchRequests.canonical(FULL.startingAt("2026-12-01T09:00")));
    }

    @Test
    void a_request_that_says_nothing_of_it_is_local_and_its_fingerprint_is_what_it_was() {
        var command = CreateCampaign.newBuilder(LaunchRequests.toAvro(FULL));
        assertThat(LaunchRequests.fromCommand(command.clearTenant().clearOwner().build()).ownership())
                .isEqualTo(Ownership.LOCAL);
        var others = FULL.ownedBy(new Ownership("acme", "ann"));
        assertThat(RequestFingerprint.of(others)).isEqualTo(RequestFingerprint.of(FULL));
    }

    @Test
    void words_that_this_version_does_not_know_become_nothing_and_a_strategy_is_missed() {
        var command = CreateCampaign.newBuilder(LaunchRequests.toAvro(FULL))
                .setStrategy(io.campaignlauncher.schemas.Strategy.UNKNOWN)
                .setRollbackPolicy(io.campaignlauncher.schemas.RollbackPolicy.UNKNOWN)
                .setDuplicateName(io.campaignlauncher.schemas.DuplicateName.UNKNOWN)
                .build();
        var request = LaunchRequests.fromCommand(command);
        assertThat(request.rollbackPolicy()).isNull();
        assertThat(request.duplicateName()).isNull();
        assertThat(RequestRules.violations(request)).extracting(Violation::field).contains("strategy");
    }

    @Test
    void json_texts_have_one_form() {
        assertThat(CanonicalJson
                .of(" {\"b\" : [ 1.10 , {\"d\":null,\"c\":\"\u00e9\\u0000\"} ] ,\n\"a\":12345678901234567890123} "))
                .isEqualTo("{\"a\":12345678901234567890123,\"b\":[1.10,{\"c\":\"\u00e9\\u0000\",\"d\":null}]}");
        var once = CanonicalJson.of("{\"z\":1E+2,\"y\":0.000000001}");
        assertThat(CanonicalJson.of(once)).isEqualTo(once);
        assertThat(CanonicalJson.of("  ")).isEmpty();
    }

    @Test
    void a_number_that_nothing_can_hold_is_refused_naming_its_field() {
        for (var number : List.of("1e9999999999", "1E+309", "-1e-9999", "1e00000000000000000400", "9".repeat(41),
                "0." + "0".repeat(50) + "1", "1e999999999")) {
            var json = "{\"a\":[{\"b\":" + number + "}]}";
            assertThatThrownBy(() -> LaunchRequests.fromCommand(LaunchRequests.toAvro(
                    request("key", json, Map.of(), 5, Strategy.FOR_ADS, 3)))).as(number)
                    .isInstanceOf(UnreadableRecord.class).hasMessageContaining("adSet.targeting may hold no number");
            assertThatThrownBy(() -> LaunchRequests.fromCommand(LaunchRequests.toAvro(
                    request("key", "{\"x\":1}", Map.of("daily_budget", number), 5, Strategy.FOR_ADS, 3))))
                    .as(number).isInstanceOf(UnreadableRecord.class)
                    .hasMessageContaining("graphFields.").hasMessageContaining(" may hold no number");
        }
        for (var number : List.of("1e308", "0.1", "-17E-05", "9".repeat(40), "0", "1e+0010")) {
            var json = "{\"a\":" + number + "}";
            LaunchRequests.fromCommand(LaunchRequests.toAvro(request("key", json, Map.of(), 5, Strategy.FOR_ADS, 3)));
        }
    }

    @Test
    void a_command_with_a_text_that_is_no_json_breaks_a_rule() {
        for (var text : List.of("{broken}", "{\"a\":1,\"a\":2}", "{} {}", "[1]")) {
            var command = LaunchRequests.toAvro(request("key", text, Map.of(), 5, Strategy.FOR_ADS, 3));
            assertThat(RequestRules.violations(LaunchRequests.fromCommand(command)))
                    .as(text)
                    .extracting(Violation::field)
                    .contains("adSet.targeting");
        }
    }

    @Test
    void requests_that_differ_anywhere_have_different_fingerprints() {
        var requests = new ArrayList<LaunchRequest>();
        requests.add(FULL);
        requests.add(request("key2", "{\"x\":1}", Map.of("a", "1", "b", "2"), 5, Strategy.FOR_ADS, 3));
        requests.add(request("key", "{\"x\":2}", Map.of("a", "1", "b", "2"), 5, Strategy.FOR_ADS, 3));
        requests.add(request("key", "{\"x\":1}", Map.of("a", "2", "b", "1"), 5, Strategy.FOR_ADS, 3));
        requests.add(request("key", "{\"x\":1}", Map.of(), 5, Strategy.FOR_ADS, 3));
        requests.add(request("key", "{\"x\":1}", Map.of("a", "1", "b", "2"), 6, Strategy.FOR_ADS, 3));
        requests.add(request("key", "{\"x\":1}", Map.of("a", "1", "b", "2"), 5, Strategy.FOR_ALL, 3));
        requests.add(request("key", "{\"x\":1}", Map.of("a", "1", "b", "2"), 5, Strategy.FOR_ADS, null));
        assertThat(requests.stream().map(RequestFingerprint::of).distinct()).hasSize(requests.size());
        assertThat(RequestFingerprint.of(LaunchRequests.fromAvro(LaunchRequests.toAvro(FULL))))
                .isEqualTo(RequestFingerprint.of(FULL))
                .matches("[0-9a-f]{64}");
    }

    private static LaunchRequest request(String key, String targeting, Map<String, String> graphFields, int priority,
            Strategy strategy, @Nullable Integer adCount) {
        return new LaunchRequest(key, "u", "act_1", "c", strategy, 1, adCount, "1", "2",
                new CampaignSpec("n", "OUTCOME_SALES", List.of("HOUSING", "CREDIT"), graphFields),
                new AdSetSpec(100L, "IMPRESSIONS", "REACH", targeting, graphFields),
                new AdSpec("{\"c\":1}", graphFields), 5,
                RollbackPolicy.CONFIRM, DuplicateName.WARN, "https://example.com/x", priority);
    }
}
