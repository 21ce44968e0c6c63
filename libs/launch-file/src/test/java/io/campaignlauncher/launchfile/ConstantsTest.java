package io.campaignlauncher.launchfile;

import static org.assertj.core.api.Assertions.assertThat;

import com.facebook.ads.sdk.AdCreativeLinkDataCallToAction;
import com.facebook.ads.sdk.AdPromotedObject;
import com.facebook.ads.sdk.AdSet;
import com.facebook.ads.sdk.Campaign;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ConstantsTest {

    static Stream<Arguments> words() {
        return Stream.of(Arguments.of(Constants.BID_STRATEGY, Campaign.EnumBidStrategy.values()),
                Arguments.of(Constants.OPTIMIZATION_GOAL, AdSet.EnumOptimizationGoal.values()),
                Arguments.of(Constants.BILLING_EVENT, AdSet.EnumBillingEvent.values()),
                Arguments.of(Constants.CONVERSION_EVENT, AdPromotedObject.EnumCustomEventType.values()),
                Arguments.of(Constants.CALL_TO_ACTION, AdCreativeLinkDataCallToAction.EnumType.values()));
    }

    @ParameterizedTest
    @MethodSource("words")
    void the_words_are_those_of_facebooks_own_client(Words words, Object[] constants) {
        assertThat(words.constants())
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(constants).map(Object::toString).toList());
    }

    @Test
    void so_are_the_destinations_but_for_the_one_that_says_nothing() {
        assertThat(Constants.DESTINATION_TYPE.constants()).containsExactlyInAnyOrderElementsOf(Arrays
                .stream(AdSet.EnumDestinationType.values()).map(Object::toString)
                .filter(each -> !each.equals("UNDEFINED"))
                .toList());
    }
}
