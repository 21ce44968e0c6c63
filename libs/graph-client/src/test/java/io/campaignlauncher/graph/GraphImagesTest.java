package io.campaignlauncher.graph;

import static io.campaignlauncher.graph.MediaOutcomes.error;
import static io.campaignlauncher.graph.MediaOutcomes.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.campaignlauncher.graph.GraphError.Kind;
import io.campaignlauncher.sendonce.OutgoingBody;
import io.campaignlauncher.simulator.Simulator;
import io.campaignlauncher.simulator.core.Fault;
import io.campaignlauncher.simulator.core.FaultEffect;
import io.campaignlauncher.simulator.core.FaultTarget;
import io.campaignlauncher.simulator.core.StoredImage;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.http.MediaType;
import reactor.core.publisher.Mono;

/** Against the simulated Facebook, over HTTP. */
class GraphImagesTest {

    private static final AccessToken TOKEN = new AccessToken("good-token");
    private static final String ACCOUNT = "act_1001";
    private static final String OTHER_ACCOUNT = "act_2001";
    private static final MediaSettings SETTINGS = new MediaSettings(2000, 1000, Duration.ofMillis(700));

    private final Simulator simulator = Simulator.start();
    private final HttpGraph graph = HttpGraph.over(GraphSettings.towards(simulator.baseUrl()), null);
    private final GraphImages images = new GraphImages(graph, SETTINGS);

    @AfterEach
    void close() {
        graph.close();
        simulator.close();
    }

    /** A GIF of twelve by seven points, as far as its head tells. */
    private static byte[] picture(int size) {
        var bytes = new byte[size];
        System.arraycopy("GIF89a\14\0\7\0".getBytes(), 0, bytes, 0, 10);
        return bytes;
    }

    private Mono<MediaAnswer<AdImage>> upload(OutgoingBody content) {
        return images.upload(TOKEN, ACCOUNT, "café \"one\".gif", MediaType.IMAGE_GIF, content);
    }

    private void once(FaultEffect effect) {
        simulator.faults().add(Fault.once(FaultTarget.CREATE_IMAGE, effect));
    }

    @Test
    void uploads_an_image_whose_bytes_pass_through_and_finds_it_by_its_hash() {
        var uploaded = value(upload(Content.of(picture(1234))));

        assertThat(uploaded).isEqualTo(new AdImage(uploaded.hash(), 12, 7));
        assertThat(simulator.world().images(ACCOUNT))
                .containsExactly(new StoredImage(uploaded.hash(), "café %22one%22.gif", 1234));
        assertThat(value(images.lookUp(TOKEN, ACCOUNT, List.of(uploaded.hash(), "0")))).containsExactly(uploaded);
        assertThat(value(images.lookUp(TOKEN, OTHER_ACCOUNT, List.of(uploaded.hash())))).isEmpty();
    }

    static Stream<FaultEffect> losses() {
        return Stream.of(FaultEffect.requestLost(), FaultEffect.replyLost(), FaultEffect.timeout(),
                FaultEffect.committedLate(Duration.ofMillis(1)));
    }

    @ParameterizedTest
    @MethodSource("losses")
    void does_not_know_of_an_upload_without_an_answer_and_a_second_one_makes_no_second_image(FaultEffect loss) {
        once(loss);

        var error = error(upload(Content.of(picture(500))));

        assertThat(error.kind()).isEqualTo(Kind.TEMPORARY);
        assertThat(error.outcomeUnknown()).isTrue();
        assertThat(simulator.counters().calls()).isEqualTo(1);
        var hash = value(upload(Content.of(picture(500)))).hash();
        assertThat(simulator.world().images(ACCOUNT)).extracting(StoredImage::hash).containsExactly(hash);
    }

    @Test
    void sees_by_a_look_up_that_facebook_did_not_keep_what_it_said_yes_to() {
        once(new FaultEffect.SilentFailure());

        var said = value(upload(Content.of(picture(500))));

        assertThat(value(images.lookUp(TOKEN, ACCOUNT, List.of(said.hash())))).isEmpty();
    }

    @Test
    void is_told_what_is_no_image_and_what_will_pass() {
        var refused = error(upload(OutgoingBody.of("no image".getBytes())));
        assertThat(refused).extracting(GraphError::kind, GraphError::outcomeUnknown, GraphError::subcode)
                .containsExactly(Kind.PERMANENT, false, 1487411);

        once(FaultEffect.imageNotFetched());
        assertThat(error(upload(Content.of(picture(500)))))
                .extracting(GraphError::kind, GraphError::outcomeUnknown, GraphError::subcode)
                .containsExactly(Kind.TEMPORARY, false, 1487833);
    }

    @Test
    void copies_an_image_to_another_account() {
        var hash = value(upload(Content.of(picture(500)))).hash();

        assertThat(value(images.copy(TOKEN, OTHER_ACCOUNT, ACCOUNT, hash)).hash()).isEqualTo(hash);
        assertThat(value(images.lookUp(TOKEN, OTHER_ACCOUNT, List.of(hash)))).hasSize(1);
        assertThat(error(images.copy(TOKEN, OTHER_ACCOUNT, ACCOUNT, "0")).subcode()).isEqualTo(2446386);
    }

    @Test
    void gives_facebook_no_image_whose_sender_left_in_the_middle_and_does_not_hold_it_against_facebook() {
        for (int i = 0; i < GraphCircuitBreaker.WINDOW_REQUESTS_MIN + 5; i++) {
            var error = error(upload(Content.torn(picture(2000))));
            assertThat(error.outcomeUnknown()).isTrue();
            assertThat(error.message()).contains("the sender is gone");
        }

        assertThat(simulator.world().images(ACCOUNT)).isEmpty();
        assertThat(value(upload(Content.of(picture(500)))).hash()).isNotEmpty();
    }

    @Test
    void gives_up_on_a_sender_that_falls_silent() {
        var error = error(upload(Content.stalled(picture(2000))));

        assertThat(error.outcomeUnknown()).isTrue();
        assertThat(error.message()).contains("700 ms");
        assertThat(simulator.world().images(ACCOUNT)).isEmpty();
    }

    @Test
    void sends_nothing_that_is_out_of_bounds() {
        for (Runnable odd : List.<Runnable>of(() -> upload(Content.of(picture(2001))),
                () -> upload(OutgoingBody.NONE),
                () -> images.upload(TOKEN, ACCOUNT, "n".repeat(101), MediaType.IMAGE_GIF, Content.of(picture(10))),
                () -> images.upload(TOKEN, "act_1/campaigns", "n", MediaType.IMAGE_GIF, Content.of(picture(10))),
                () -> images.copy(TOKEN, ACCOUNT, "1001\",\"x", "0"),
                () -> images.lookUp(TOKEN, ACCOUNT, List.of()))) {
            assertThatThrownBy(odd::run).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(simulator.counters().calls()).isZero();
    }
}
