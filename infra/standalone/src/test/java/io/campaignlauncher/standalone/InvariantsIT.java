package io.campaignlauncher.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.campaignlauncher.schemas.CreateCampaign;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The checks of all the other scenarios do notice what they are there for. */
@OnRunningSystem
class InvariantsIT {

    private final RunningSystem system;

    InvariantsIT(RunningSystem system) {
        this.system = system;
    }

    @Test
    void notice_an_entity_that_is_gone_one_too_many_and_one_of_another_name() {
        var request = Requests.oneFiftyOne(system.freshAccount(), 2).build();
        var jobId = RunningSystem.jobId(request);
        var world = system.simulator().world();
        assertThat(system.launch(request).path("status").asString()).isEqualTo("completed");
        Invariants.hold(system, jobId);
        var campaign = system.facebook().campaign(request.getAdAccountId());

        var oneTooMany = system.facebook().makeAdSet(request.getAdAccountId(), campaign.itself().id(), "One too many");
        broken(request);
        world.delete(oneTooMany);
        Invariants.hold(system, jobId);

        var adSet = campaign.adSets().getFirst();
        world.rename(adSet.id(), "Another name");
        broken(request);
        world.rename(adSet.id(), adSet.name());
        Invariants.hold(system, jobId);

        world.delete(campaign.ads().getFirst().id());
        broken(request);
    }

    @Test
    void notice_tables_that_are_wrong() {
        var request = Requests.oneFiftyOne(system.freshAccount(), 2).build();
        var jobId = RunningSystem.jobId(request);
        assertThat(system.launch(request).path("status").asString()).isEqualTo("completed");
        Invariants.hold(system, jobId);

        for (var wrong : Map.of("ads_created = 1", "ads_created = 2", "retry_count = 3", "retry_count = 0",
                "status = 'failed'", "status = 'completed'").entrySet()) {
            update(jobId, wrong.getKey());
            broken(request);
            update(jobId, wrong.getValue());
            Invariants.hold(system, jobId);
        }
    }

    private void update(String jobId, String change) {
        assertThat(system.sql().sql("update campaign_creation_jobs set " + change + " where job_uuid = ?")
                .param(UUID.fromString(jobId)).update()).isEqualTo(1);
    }

    private void broken(CreateCampaign request) {
        assertThatThrownBy(() -> Invariants.hold(system, RunningSystem.jobId(request)))
                .isInstanceOf(AssertionError.class);
    }
}
