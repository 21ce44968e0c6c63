package io.campaignlauncher.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No name goes past: a method that a newer Kafka adds has to be looked at. */
class NamedClientsTest {

    private static final Set<String> OF_ALL = Set.of("clientInstanceId(Duration)", "metrics()",
            "registerMetricForSubscription(KafkaMetric)", "unregisterMetricFromSubscription(KafkaMetric)", "close()",
            "close(Duration)");

    enum Client {

        CONSUMER(Consumer.class, NamedConsumer.class, "unsubscribe()", "commitSync()", "commitSync(Duration)",
                "commitAsync()", "groupMetadata()", "enforceRebalance()", "enforceRebalance(String)",
                "close(CloseOptions)", "wakeup()"),
        SHARE_CONSUMER(ShareConsumer.class, NamedShareConsumer.class, "unsubscribe()", "commitAsync()",
                "acquisitionLockTimeoutMs()", "wakeup()"),
        PRODUCER(Producer.class, NamedProducer.class, "initTransactions()", "beginTransaction()", "commitTransaction()",
                "abortTransaction()", "flush()");

        private final Class<?> kafkas;
        private final Class<?> ours;
        private final Set<String> withoutNames;

        /** @param withoutNames methods that neither take names of topics nor tell any */
        Client(Class<?> kafkas, Class<?> ours, String... withoutNames) {
            this.kafkas = kafkas;
            this.ours = ours;
            this.withoutNames = Stream.concat(OF_ALL.stream(), Stream.of(withoutNames)).collect(Collectors.toSet());
        }
    }

    @ParameterizedTest
    @EnumSource
    void every_method_that_has_to_do_with_names_is_told_and_tells_those_of_the_catalogue(Client client) {
        var named = signatures(client.ours);
        var left = new TreeSet<>(signatures(client.kafkas));
        left.removeAll(named);

        assertThat(left).isSubsetOf(client.withoutNames);
    }

    private static Set<String> signatures(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isBridge())
                .map(NamedClientsTest::signature).collect(Collectors.toSet());
    }

    private static String signature(Method method) {
        return method.getName() + Arrays.stream(method.getParameterTypes()).map(Class::getSimpleName)
                .collect(Collectors.joining(",", "(", ")"));
    }
}
