package io.campaignlauncher.tools.facebook;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.job.model.EntityType;
import io.campaignlauncher.job.model.SlotId;
import io.campaignlauncher.tools.LaunchedJob;
import io.campaignlauncher.tools.facebook.FacebookDifference.Kind;
import io.campaignlauncher.tools.facebook.FacebookSnapshot.ObservedEntity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FacebookComparisonTest {

    private final LaunchedJob completed = LaunchedJob.completed("completed", 2, 0);
    private final LaunchedJob rolledBack = LaunchedJob.rolledBack("rolled-back", 2, 0);
    private final Map<String, ObservedEntity> there = everything(completed);
    private final List<ObservedEntity> labelled = new ArrayList<>(
            List.of(there.get(id(completed, EntityType.CAMPAIGN, 1))));
    private final List<ObservedEntity> inside = new ArrayList<>();

    @Test
    void a_completed_job_whose_entities_exist_is_in_order() {
        inside.addAll(there.values());
        assertThat(differences(completed)).isEmpty();
    }

    @Test
    void a_rolled_back_job_is_in_order_where_nothing_exists() {
        there.clear();
        labelled.clear();
        assertThat(differences(rolledBack)).isEmpty();
    }

    @Test
    void what_does_not_exist_is_missing() {
        var ad = id(completed, EntityType.AD, 2);
        there.remove(ad);
        assertThat(differences(completed)).containsExactly(
                new FacebookDifference(Kind.MISSING, "ad 2", ad, "-", "Sale completed / ad 2"));
    }

    @Test
    void what_was_deleted_and_exists_is_still_there() {
        there.clear();
        labelled.clear();
        var adSet = id(rolledBack, EntityType.AD_SET, 1);
        there.put(adSet, new ObservedEntity("ad_set", adSet, "left", "1"));
        assertThat(differences(rolledBack))
                .containsExactly(new FacebookDifference(Kind.STILL_THERE, "ad_set 1", adSet, "left", "-"));
    }

    @Test
    void another_name_and_another_parent_are_told() {
        var ad = id(completed, EntityType.AD, 1);
        var otherAdSet = id(completed, EntityType.AD_SET, 2);
        there.put(ad, new ObservedEntity("ad", ad, "mine", otherAdSet));
        assertThat(differences(completed)).containsExactly(
                new FacebookDifference(Kind.NAME, "ad 1", ad, "mine", "Sale completed / ad 1"),
                new FacebookDifference(Kind.PARENT, "ad 1", ad, otherAdSet, id(completed, EntityType.AD_SET, 1)));
    }

    @Test
    void blanks_around_a_name_are_no_difference() {
        var campaign = id(completed, EntityType.CAMPAIGN, 1);
        there.put(campaign, new ObservedEntity("campaign", campaign, " Sale completed ", ""));
        assertThat(differences(completed)).isEmpty();
    }

    @Test
    void what_no_slot_knows_is_told_with_whose_it_may_be() {
        labelled.add(new ObservedEntity("campaign", "901", "Sale completed", ""));
        inside.add(new ObservedEntity("ad_set", "902", "Sale completed / ad set 1", "1"));
        inside.add(new ObservedEntity("ad", "903", "somebody's", "1"));
        assertThat(differences(completed)).containsExactly(
                new FacebookDifference(Kind.UNKNOWN, "campaign", "901", "Sale completed (bears the job's label)", "-"),
                new FacebookDifference(Kind.UNKNOWN, "ad_set", "902",
                        "Sale completed / ad set 1 (named like ad_set 1)", "-"),
                new FacebookDifference(Kind.UNKNOWN, "ad", "903", "somebody's (no name of the job's)", "-"));
    }

    private List<FacebookDifference> differences(LaunchedJob job) {
        return FacebookComparison.of(job.state(), new FacebookSnapshot(there, labelled, inside));
    }

    private static String id(LaunchedJob job, EntityType type, int number) {
        return job.facebookId(new SlotId(type, number));
    }

    private static Map<String, ObservedEntity> everything(LaunchedJob job) {
        var all = new LinkedHashMap<String, ObservedEntity>();
        for (var planned : job.state().plan().slots()) {
            var id = job.facebookId(planned.id());
            var parent = switch (planned.id().type()) {
                case CAMPAIGN -> "";
                case AD_SET -> id(job, EntityType.CAMPAIGN, 1);
                case AD -> id(job, EntityType.AD_SET, planned.adSetNumber());
            };
            all.put(id, new ObservedEntity(planned.id().type().name().toLowerCase(Locale.ROOT), id, planned.name(),
                    parent));
        }
        return all;
    }
}
