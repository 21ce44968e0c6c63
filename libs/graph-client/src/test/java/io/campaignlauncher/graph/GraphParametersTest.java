package io.campaignlauncher.graph;

import io.campaignlauncher.sendonce.HttpAnswer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import static io.campaignlauncher.graph.Answering.SETTINGS;
import static io.campaignlauncher.graph.Answering.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class GraphParametersTest {

    private final AtomicInteger sent = new AtomicInteger();
    private final HttpGraph graph = new HttpGraph(_ -> Mono.fromSupplier(() -> {
        sent.incrementAndGet();
        return new HttpAnswer(200, Map.of(), "{\"id\":\"1\"}".getBytes());
    }), SETTINGS, null, null);

    @ParameterizedTest
    @ValueSource(strings = { "batch", "method", "METHOD", "ids", "asyncbatch", "include_headers", "suppress_http_code",
        "access_token", "Access_Token", "appsecret_proof", "adset_spec", "campaign_spec", "execution_options",
        "batch[0]",
        " batch", "batch.0", "a&method", "", "name=x", "\u0000method" })
    void no_operation_carries_a_parameter_that_would_make_another_call_of_it(String name) {
        var parameters = Map.of("name", "Fern sale", name, "x");

        assertThatIllegalArgumentException().isThrownBy(() -> graph.post(TOKEN, "act_1/campaigns", parameters));
        assertThatIllegalArgumentException().isThrownBy(() -> graph.get(TOKEN, "act_1/campaigns", parameters));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> graph.batch(TOKEN, List.of(GraphOperation.post("act_1/ads", parameters))));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> graph.batch(TOKEN, List.of(GraphOperation.get("act_1/ads", parameters))))
                .withMessageStartingWith("the parameter ");
        assertThat(sent).hasValue(0);
    }

    @Test
    void no_path_has_a_query_of_its_own() {
        assertThatIllegalArgumentException().isThrownBy(() -> graph.get(TOKEN, "1?method=get", Map.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> GraphOperation.delete("1?ids=2"));
        assertThatIllegalArgumentException().isThrownBy(() -> graph.post(TOKEN, "1#x", Map.of()));
        assertThat(sent).hasValue(0);
    }

    @Test
    void a_batch_of_the_client_itself_is_sent() {
        graph.batch(TOKEN, List.of(GraphOperation.get("1", Map.of("fields", "id")))).block();

        assertThat(sent).hasValue(1);
    }
}
