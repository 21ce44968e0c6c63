package io.campaignlauncher.posting.model;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;

/** What holds of any history. A failure names the seed: the same seed plays the same history again. */
class PostPropertyTest {

    private static final double TROUBLE = 0.5;

    @Property(tries = 1_500, edgeCases = EdgeCasesMode.NONE)
    @StatisticsReport(onFailureOnly = true)
    void a_post_that_comes_within_the_settle_delay_is_never_made_twice(@ForAll("seeds") long seed) {
        var world = new PostWorld(seed, TROUBLE, 1, false).run();

        world.jobs.values().forEach(job -> ends(world, job));
        // A world in which little happens would prove little.
        occurs(world, "unknown", 40);
        occurs(world, "killed", 40);
        occurs(world, "posted", 60);
        occurs(world, "not-made", 15);
        occurs(world, "held", 10);
        occurs(world, "rolled-back", 3);
        assertThat(world.made.values()).allMatch(made -> made == 1);
    }

    @Property(tries = 1_500, edgeCases = EdgeCasesMode.NONE)
    @StatisticsReport(onFailureOnly = true)
    void a_post_that_comes_later_than_was_assumed_is_removed_before_the_job_ends(@ForAll("seeds") long seed) {
        var world = new PostWorld(seed, TROUBLE, 2, false).run();

        world.jobs.values().forEach(job -> ends(world, job));
        Statistics.label("surplus removed").collect(world.jobs.values().stream()
                .anyMatch(job -> !job.state().removal().deleted().isEmpty()
                        && job.state().stage() == Stage.CONFIRMED));
        Statistics.label("surplus removed").coverage(coverage -> coverage.check(true).percentage(seen -> seen > 0.5));
    }

    @Property(tries = 1_000, edgeCases = EdgeCasesMode.NONE)
    void where_people_delete_no_job_is_confirmed_or_given_up_with_more_than_one_post(@ForAll("seeds") long seed) {
        var world = new PostWorld(seed, TROUBLE, 1, true).run();

        world.jobs.values().forEach(job -> {
            var posts = world.posts(job.command().jobId());
            switch (job.state().stage()) {
                case CONFIRMED -> assertThat(posts).as("%s", job).hasSizeLessThanOrEqualTo(1);
                case FAILED, ROLLED_BACK -> assertThat(posts).as("%s", job).isEmpty();
                case QUEUED, POSTING, POSTED -> assertThat(job.state().question()).as("%s", job).isNotNull();
            }
        });
    }

    private static void ends(PostWorld world, PostProgress job) {
        var posts = world.posts(job.command().jobId());
        switch (job.state().stage()) {
            case CONFIRMED -> assertThat(posts).as("%s", job).containsExactly(job.state().messageId());
            case FAILED, ROLLED_BACK -> assertThat(posts).as("%s", job).isEmpty();
            case QUEUED, POSTING, POSTED -> assertThat(job.state().question()).as("%s", job).isNotNull();
        }
    }

    /** In at least so many per cent of the histories it is there. */
    private static void occurs(PostWorld world, String what, int percent) {
        Statistics.label(what).collect(world.history.contains(what));
        Statistics.label(what).coverage(coverage -> coverage.check(true).percentage(seen -> seen >= percent));
    }

    @Provide
    Arbitrary<Long> seeds() {
        return Arbitraries.longs().withDistribution(RandomDistribution.uniform());
    }
}
