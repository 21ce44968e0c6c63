package io.campaignlauncher.creation.claims;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.creation.model.CreationSettings;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;

/** A store that does nothing keeps to none of it: a suite that such a store passes, even in part, would be no suite. */
class ClaimsContractTest {

    static List<Method> tests() {
        return Arrays.stream(ClaimsContract.class.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Test.class)).toList();
    }

    @ParameterizedTest
    @MethodSource("tests")
    void a_store_that_does_nothing_fails(Method test) throws IllegalAccessException {
        try {
            test.invoke(new OfNothing());
        } catch (InvocationTargetException e) {
            assertThat(e.getCause()).isInstanceOf(AssertionError.class);
            return;
        }
        throw new AssertionError(test.getName() + " is passed by a store that does nothing");
    }

    private static final class OfNothing extends ClaimsContract {

        @Override
        protected Claims claims(CreationSettings settings) {
            return new Nothing();
        }

        @Override
        protected void pause(String accountId, Duration wait) {}

        @Override
        protected void pass(Duration time) {}

        @Override
        protected Instant now() {
            return Instant.EPOCH;
        }

        @Override
        protected void changeTimeline() {}
    }

    private static final class Nothing implements Claims {

        @Override
        public Mono<List<Claim>> claim(String claimant, Collection<Wanted> wanted) {
            return Mono.just(List.of());
        }

        @Override
        public Mono<Void> reachable() {
            return Mono.empty();
        }

        @Override
        public Mono<Void> finish(Collection<Finished> rounds) {
            return Mono.empty();
        }

        @Override
        public Mono<Integer> sweep(Function<Expired, Mono<Void>> report) {
            return Mono.just(0);
        }
    }
}
