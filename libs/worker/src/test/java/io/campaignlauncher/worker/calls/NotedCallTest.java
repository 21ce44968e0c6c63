package io.campaignlauncher.worker.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.campaignlauncher.graph.GraphCall;
import io.campaignlauncher.graph.GraphCall.Outcome;
import io.campaignlauncher.graph.GraphCall.Part;
import io.campaignlauncher.graph.GraphError;
import io.campaignlauncher.graph.GraphOperation.Method;
import io.campaignlauncher.schemas.EntityType;
import io.campaignlauncher.schemas.Envelope;
import io.campaignlauncher.schemas.GraphCallOutcome;
import io.campaignlauncher.schemas.GraphCallPart;
import io.campaignlauncher.schemas.GraphCallPurpose;
import io.campaignlauncher.schemas.SlotRef;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class NotedCallTest {

    private static final Instant NOON = Instant.parse("2026-03-29T12:00:00Z");
    private static final CalledFor WORK = new CalledFor("j-1", GraphCallPurpose.LOOK, GraphCallPurpose.CREATE, 2,
            Envelope.of("c-1", "CreateEntities", "/job-service", "j-1", NOON).ownedBy("acme", "ann"));

    private static NotedCall noted(List<SlotRef> slots, Part... parts) {
        return new NotedCall(WORK, "w-1", 7, NOON,
                new GraphCall(parts.length > 1, Duration.ofMillis(412), 200, "T1", List.of(parts)), slots);
    }

    private static Part sent(Method method, String path) {
        return new Part(method, path, Outcome.SENT, null);
    }

    @Test
    void says_of_each_part_which_slot_it_fills() {
        var message = noted(List.of(new SlotRef(EntityType.AD_SET, 3), new SlotRef(EntityType.AD, 5)),
                sent(Method.POST, "{account}/adsets"), sent(Method.POST, "{account}/ads")).message();

        assertThat(message.getParts())
                .extracting(GraphCallPart::getEntityType, GraphCallPart::getSlotNumber, GraphCallPart::getOutcome)
                .containsExactly(tuple(EntityType.AD_SET, 3, GraphCallOutcome.SENT),
                        tuple(EntityType.AD, 5, GraphCallOutcome.SENT));
        assertThat(message.getPurpose()).isEqualTo(GraphCallPurpose.CREATE);
        assertThat(message.getAttempt()).isEqualTo(2);
        assertThat(message.getTookMs()).isEqualTo(412);
    }

    @Test
    void says_of_a_read_what_it_looks_for_and_no_slot() {
        var message = noted(List.of(), sent(Method.GET, "{account}/campaigns"), sent(Method.GET, "{id}")).message();

        assertThat(message.getPurpose()).isEqualTo(GraphCallPurpose.LOOK);
        assertThat(message.getParts()).extracting(GraphCallPart::getEntityType, GraphCallPart::getSlotNumber)
                .containsExactly(tuple(EntityType.CAMPAIGN, 0), tuple(EntityType.UNKNOWN, 0));
    }

    @Test
    void shortens_what_facebook_says_and_keeps_its_codes() {
        var error = new GraphError(GraphError.Kind.PERMANENT, false, 100, 33, 400, "x".repeat(1_000), "T2", null);

        var part = noted(List.of(), new Part(Method.DELETE, "{id}", Outcome.REFUSED, error)).message().getParts()
                .getFirst();

        assertThat(part.getMessage()).hasSizeLessThanOrEqualTo(NotedCall.MESSAGE_CHARACTERS_MAX);
        assertThat(part.getCode()).isEqualTo(100);
        assertThat(part.getSubcode()).isEqualTo(33);
        assertThat(part.getOutcome()).isEqualTo(GraphCallOutcome.REFUSED);
    }

    @Test
    void a_note_that_is_written_again_is_the_same_one_and_says_whose_job_it_is() {
        var call = noted(List.of(), sent(Method.GET, "{id}"));

        assertThat(call.envelope("/creator-service", NOON).id())
                .isEqualTo(call.envelope("/creator-service", NOON.plusSeconds(1)).id()).isEqualTo("w-1/7");
        assertThat(call.envelope("/creator-service", NOON)).satisfies(envelope -> {
            assertThat(envelope.tenant()).isEqualTo("acme");
            assertThat(envelope.owner()).isEqualTo("ann");
            assertThat(envelope.causationId()).isEqualTo("c-1");
        });
    }

    @Test
    void a_look_that_somebody_asked_for_has_no_message_that_led_to_it_and_belongs_to_no_round() {
        var call = new NotedCall(CalledFor.look("j-1", "acme", "ann"), "w-1", 1, NOON,
                new GraphCall(false, Duration.ofMillis(412), 200, "T1", List.of(sent(Method.GET, "{id}"))), List.of());

        assertThat(call.message().getPurpose()).isEqualTo(GraphCallPurpose.LOOK);
        assertThat(call.message().getAttempt()).isZero();
        assertThat(call.envelope("/job-service", NOON)).satisfies(envelope -> {
            assertThat(envelope.causationId()).isNull();
            assertThat(envelope.correlationId()).isEqualTo("j-1");
            assertThat(envelope.tenant()).isEqualTo("acme");
            assertThat(envelope.owner()).isEqualTo("ann");
        });
    }
}
