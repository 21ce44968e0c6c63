package io.campaignlauncher.look;

import static io.campaignlauncher.look.MadeJob.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.job.model.EntityType;
import io.campaignlauncher.job.model.JobState;
import io.campaignlauncher.look.FacebookDifference.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FacebookComparisonTest {

    private final JobState completed = MadeJob.of(2, "");
    private final Map<String, ObservedEntity> there = MadeJob.everything(completed);
    private final List<ObservedEntity> labelled = MadeJob.ofType(there, EntityType.CAMPAIGN);
    private final List<ObservedEntity> inside = new ArrayList<>();
    private final Map<String, Observation> unread = new LinkedHashMap<>();
    private Instant readAt = MadeJob.READABLE;

    @Test
    void a_completed_job_whose_entities_exist_is_in_order() {
        inside.addAll(there.values());
        assertThat(differences(completed)).isEmpty();
    }

    @Test
    void a_rolled_back_job_is_in_order_where_nothing_exists() {
        there.clear();
        labelled.clear();
        assertThat(differences(MadeJob.takenBack(completed))).isEmpty();
    }

    @Test
    void what_does_not_exist_is_missing() {
        var ad = id(EntityType.AD, 2);
        there.remove(ad);
        assertThat(differences(completed)).containsExactly(
                new FacebookDifference(Kind.MISSING, "ad 2", ad, "-", "Sale / ad 2"));
    }

    @Test
    void what_reads_may_still_miss_is_not_called_missing() {
        readAt = MadeJob.READABLE.minusMillis(1);
        var ad = id(EntityType.AD, 2);
        there.remove(ad);
        assertThat(differences(completed)).containsExactly(
                new FacebookDifference(Kind.NOT_SHOWN_YET, "ad 2", ad, "-", "Sale / ad 2"));
        assertThat(FacebookComparison.of(completed, snapshot(completed)).lagsUntil()).isEqualTo(MadeJob.READABLE);
    }

    @Test
    void what_a_completed_job_was_seen_to_have_and_is_not_shown_is_missing_however_new_it_is() {
        readAt = MadeJob.READABLE.minusMillis(1);
        var ad = id(EntityType.AD, 2);
        there.remove(ad);
        assertThat(differences(MadeJob.completed(completed))).extracting(FacebookDifference::kind)
                .containsExactly(Kind.MISSING);
    }

    @Test
    void what_could_not_be_read_is_no_difference() {
        unread.put(id(EntityType.AD, 2), new Observation.Unread("gone"));
        assertThat(differences(completed)).isEmpty();
    }

    @Test
    void what_was_deleted_and_exists_is_still_there() {
        there.clear();
        labelled.clear();
        var adSet = id(EntityType.AD_SET, 1);
        there.put(adSet, new ObservedEntity(EntityType.AD_SET, adSet, "left", "PAUSED", "PAUSED", "1"));
        assertThat(differences(MadeJob.takenBack(completed)))
                .containsExactly(new FacebookDifference(Kind.STILL_THERE, "ad_set 1", adSet, "left", "-"));
    }

    @Test
    void another_name_another_parent_and_another_status_are_told() {
        var ad = id(EntityType.AD, 1);
        var otherAdSet = id(EntityType.AD_SET, 2);
        there.put(ad, new ObservedEntity(EntityType.AD, ad, "mine", "ACTIVE", "ACTIVE", otherAdSet));
        assertThat(differences(completed)).containsExactly(
                new FacebookDifference(Kind.NAME, "ad 1", ad, "mine", "Sale / ad 1"),
                new FacebookDifference(Kind.PARENT, "ad 1", ad, otherAdSet, id(EntityType.AD_SET, 1)),
                new FacebookDifference(Kind.STATUS, "ad 1", ad, "ACTIVE", "PAUSED"));
    }

    @Test
    void a_status_that_the_request_wants_is_no_difference() {
        there.replaceAll((_, entity) -> entity.type() == EntityType.AD
                ? new ObservedEntity(EntityType.AD, entity.id(), entity.name(), "ACTIVE", "CAMPAIGN_PAUSED",
                        entity.parentId())
                : entity);
        assertThat(differences(MadeJob.of(2, "ACTIVE"))).isEmpty();
    }

    @Test
    void blanks_around_a_name_and_a_status_that_is_not_said_are_no_difference() {
        var campaign = id(EntityType.CAMPAIGN, 1);
        there.put(campaign, new ObservedEntity(EntityType.CAMPAIGN, campaign, " Sale ", "", "", ""));
        assertThat(differences(completed)).isEmpty();
    }

    @Test
    void what_no_slot_knows_is_told_with_whose_it_may_be() {
        labelled.add(new ObservedEntity(EntityType.CAMPAIGN, "901", "Sale", "PAUSED", "PAUSED", ""));
        inside.add(new ObservedEntity(EntityType.AD_SET, "902", "Sale / ad set 1", "PAUSED", "PAUSED", "1"));
        inside.add(new ObservedEntity(EntityType.AD, "903", "somebody's", "PAUSED", "PAUSED", "1"));
        assertThat(differences(completed)).containsExactly(
                new FacebookDifference(Kind.UNKNOWN, "campaign", "901", "Sale (bears the job's label)", "-"),
                new FacebookDifference(Kind.UNKNOWN, "ad_set", "902", "Sale / ad set 1 (named like ad_set 1)", "-"),
                new FacebookDifference(Kind.UNKNOWN, "ad", "903", "somebody's (no name of the job's)", "-"));
    }

    private List<FacebookDifference> differences(JobState job) {
        return FacebookComparison.of(job, snapshot(job)).differences();
    }

    private FacebookSnapshot snapshot(JobState job) {
        var byId = new LinkedHashMap<String, Observation>();
        job.slots().forEach(slot -> {
            var seen = there.get(slot.facebookId());
            byId.put(slot.facebookId(), seen == null ? new Observation.Absent() : new Observation.There(seen));
        });
        byId.putAll(unread);
        return new FacebookSnapshot(readAt, byId, labelled, inside, List.of());
    }
}
