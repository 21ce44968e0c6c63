package io.campaignlauncher.chaos;

import io.campaignlauncher.chaos.MarketPeople.Person;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Posts of which a person is asked: the admin looks at Telegram and says what is there. */
final class UndecidedPosts {

    private final MarketChannels telegram;
    private final Person admin;
    private final JdbcClient posts;

    UndecidedPosts(MarketFleet fleet, MarketChannels telegram, Person admin) {
        this.telegram = telegram;
        this.admin = admin;
        this.posts = JdbcClient.create(fleet.posts());
    }

    /** @return what was decided, a sentence each */
    List<String> decide() throws InterruptedException {
        var decided = new ArrayList<String>();
        for (var target : admin.market().get("/api/admin/posts/unknown?limit=200").path("targets")) {
            var job = target.path("postJob").path("id").asString();
            if (isAsked(job)) {
                decided.add("a person is asked about post " + job + ", and says " + decide(target.path("id").asString(),
                        job));
            }
        }
        return decided;
    }

    /** Whether the workers look no further by themselves. */
    private boolean isAsked(String job) {
        return posts.sql("select state ->> 'question' is not null from posting.post_jobs where job_id = ?")
                .param(UUID.fromString(job)).query(Boolean.class).optional().orElse(false);
    }

    private Map<String, Object> decide(String target, String job) throws InterruptedException {
        var there = telegram.posts(job).stream().filter(posted -> !posted.post().deleted()).findFirst();
        var verdict = new HashMap<String, Object>(Map.of("posted", there.isPresent(), "reason", "looked at it"));
        there.ifPresent(posted -> verdict.putAll(Map.of("chatId", posted.chatId(), "messageId", posted.post().id())));
        admin.market().tried("/api/admin/posts/" + target + "/decide", verdict);
        return verdict;
    }
}
