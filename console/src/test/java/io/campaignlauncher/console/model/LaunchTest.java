package io.campaignlauncher.console.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LaunchTest {

    private static final String HISTORY = """
            {"events":[{"version":0,"type":"JobAccepted"},{"version":1,"type":"PreVerificationRequested"},
             {"version":2,"type":"PreVerificationCompleted"},{"version":3,"type":"CreationRequested"},
             {"version":4,"type":"SlotsCreated"}]}""";

    @Test
    void puts_ads_under_their_ad_sets_and_counts_those_that_are_there() {
        var launch = Launch.now(json("""
                {"status":"in_progress","phase":"creating","version":4,"slots":[
                 {"entityType":"campaign","slotNumber":1,"status":"created"},
                 {"entityType":"ad_set","slotNumber":1,"status":"created","name":"Women"},
                 {"entityType":"ad_set","slotNumber":2,"status":"creating","name":"Men"},
                 {"entityType":"ad","slotNumber":1,"adSetSlotNumber":1,"status":"created","name":"Shoes"},
                 {"entityType":"ad","slotNumber":2,"adSetSlotNumber":1,"status":"creating","name":"Hats"},
                 {"entityType":"ad","slotNumber":3,"adSetSlotNumber":2,"status":"pending","name":"Boots"}]}"""),
                json(HISTORY));

        assertThat(launch.groups()).extracting(group -> group.adSet().name() + " " + group.made() + "/"
                + group.ads().size()).containsExactly("Women 1/2", "Men 0/1");
        assertThat(launch.bars().getFirst()).isEqualTo(new Bar("campaign", "Campaign", 1, 1));
    }

    @Test
    void shows_of_the_past_only_what_had_happened_then() {
        var state = json("{\"status\":\"pending\",\"phase\":\"pre_verifying\",\"version\":1,"
                + "\"counts\":{\"preVerifications\":1}}");
        var launch = Launch.then(state, state, json(HISTORY), 4);

        assertThat(launch.moments()).extracting(Story.Moment::version).containsExactly(0L, 1L);
        assertThat(launch.versionMax()).isEqualTo(4);
        assertThat(launch.steps()).extracting(Step::stands).containsExactly("done", "now", "ahead", "ahead", "ahead");
    }

    @Test
    void stops_the_steps_where_a_launch_did() {
        var launch = Launch.now(json("{\"status\":\"rolled_back\",\"phase\":\"rolled_back\",\"version\":4,"
                + "\"counts\":{\"preVerifications\":1,\"creationRounds\":1,\"verifications\":0}}"),
                json(HISTORY));

        assertThat(launch.steps()).extracting(step -> step.label() + " " + step.stands()).containsExactly(
                "Accepted done", "Checked done", "Created stopped", "Verified ahead", "Taken back done");
    }

    @Test
    void shows_a_launch_that_has_not_begun() {
        var launch = Launch.now(json("{\"jobId\":\"34498280-a3ca\",\"status\":\"pending\",\"phase\":\"absent\","
                + "\"version\":null,\"waitingUntil\":null}"), json("{\"events\":[]}"));

        assertThat(launch.version()).isEqualTo(-1);
        assertThat(launch.shownName()).isEqualTo("Launch 34498280");
        assertThat(launch.waitingUntil()).isEmpty();
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }
}
