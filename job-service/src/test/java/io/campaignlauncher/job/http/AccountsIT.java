package io.campaignlauncher.job.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.access.model.Principal;
import io.campaignlauncher.access.model.Role;
import io.campaignlauncher.job.model.LaunchRequest;
import io.campaignlauncher.job.model.Ownership;
import io.campaignlauncher.job.model.RollbackPolicy;
import io.campaignlauncher.messaging.CredentialName;
import io.campaignlauncher.messaging.NewCredential;
import io.campaignlauncher.readmodel.ScriptedJob;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Everybody sees the accounts of their own launches and credentials, and nothing tells them of others. */
class AccountsIT {

    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
    private static final Principal ANN = session("acme", "ann", Role.ADVERTISER);
    private static final Principal ADA = session("acme", "ada", Role.ADMIN);
    private static final Principal EVE = session("other", "eve", Role.ADMIN);

    private static HttpApi api;
    private static JdbcTemplate jdbc;
    private static ScriptedJob running;

    private static Principal session(String tenant, String subject, Role role) {
        return new Principal(tenant, subject, subject, Set.of(role), new Principal.Session(new UUID(1, 1)));
    }

    @BeforeAll
    static void start() {
        api = new HttpApi("accounts", HttpSettings.defaults());
        jdbc = new JdbcTemplate(api.dataSource);
        running = job("acme", "ann", "act_1", "one").preVerified();
        var jobs = List.of(running, job("acme", "bob", "act_2", "two").preVerified().createdAll(),
                job("other", "eve", "act_3", "three"));
        jobs.forEach(job -> {
            api.readModel.store(job);
            api.readModel.apply(job);
        });
        api.credentials.store(new NewCredential(new CredentialName("acme", "anns"), "secret-token", "ann", "ann",
                Set.of("act_1", "act_9"), T0, T0.plusSeconds(60))).block();
    }

    private static ScriptedJob job(String tenant, String owner, String account, String key) {
        var any = ScriptedJob.request("u-1", key, 2, RollbackPolicy.CONFIRM);
        return ScriptedJob.accepted(new LaunchRequest(any.idempotencyKey(), any.userId(), account, any.credentialId(),
                any.strategy(), any.adSetCount(), any.adCount(), any.pageId(), any.pixelId(), any.campaign(),
                any.adSet(), any.ad(), any.retryBudget(), any.rollbackPolicy(), any.duplicateName(), any.webhook(),
                any.priority()).ownedBy(new Ownership(tenant, owner)), T0);
    }

    @AfterAll
    static void stop() {
        api.live.stop();
    }

    @AfterEach
    void nobody() {
        jdbc.execute("drop schema if exists creator cascade");
        jdbc.execute("truncate job_looks");
        api.asking = Principal.LOCAL_OPERATOR;
    }

    @Test
    void everybody_sees_the_accounts_of_their_own_launches_and_credentials() {
        assertThat(accounts(ANN)).containsExactlyInAnyOrder("act_1", "act_9");
        assertThat(accounts(ADA)).containsExactlyInAnyOrder("act_1", "act_2", "act_9");
        assertThat(accounts(EVE)).containsExactly("act_3");
        assertThat(accounts(session("acme", "pia", Role.ADVERTISER))).isEmpty();
        assertThat(accounts(Principal.LOCAL_OPERATOR)).containsExactlyInAnyOrder("act_1", "act_2", "act_3", "act_9");
    }

    @Test
    void come_page_by_page_each_once_and_with_them_those_that_only_credentials_name() {
        api.credentials.store(new NewCredential(new CredentialName("acme", "more"), "secret-token", "ann", "ann",
                Set.of("act_2", "act_7", "act_8"), T0, null)).block();

        var all = List.of("act_2", "act_1", "act_7", "act_8", "act_9");
        assertThat(pages(ADA, 1)).isEqualTo(all.stream().map(List::of).toList());
        assertThat(pages(ADA, 2)).containsExactly(all.subList(0, 2), all.subList(2, 4), all.subList(4, 5));
        assertThat(pages(ADA, 5)).as("no empty page at the end").containsExactly(all);
        assertThat(pages(EVE, 1)).containsExactly(List.of("act_3"));
        api.credentials.remove(new CredentialName("acme", "more")).block();
    }

    @Test
    void a_page_begins_at_no_other_place_than_where_one_ended() {
        for (var query : List.of("after=x", "after=act_", "after=-1", "limit=0", "limit=501")) {
            api.client.get().uri("/v1/accounts?" + query).exchange().expectStatus().isBadRequest();
        }
    }

    private static List<List<String>> pages(Principal who, int limit) {
        api.asking = who;
        var pages = new ArrayList<List<String>>();
        var after = "";
        do {
            var page = read("/v1/accounts?limit=" + limit + after);
            pages.add(page.path("accounts").valueStream().map(one -> one.path("adAccountId").asString()).toList());
            after = page.path("next").isNull() ? "" : "&after=" + page.path("next").asString();
        } while (!after.isEmpty() && pages.size() < 10);
        return pages;
    }

    @Test
    void an_account_of_others_is_answered_like_one_that_there_is_not() {
        for (var account : List.of("act_1", "act_2", "act_9", "act_77", "nonsense")) {
            api.asking = EVE;
            api.client.get().uri("/v1/accounts/" + account).exchange().expectStatus().isNotFound();
        }
        assertThat(one(EVE, "act_3").path("running").asInt()).isEqualTo(1);
    }

    @Test
    void says_what_runs_on_it_and_what_that_still_wants_and_whose_credentials_it_has_without_their_tokens() {
        var account = one(ANN, "act_1");

        assertThat(account.path("running").asInt()).isEqualTo(1);
        assertThat(account.path("changesLeft").asInt()).isEqualTo(4);
        assertThat(account.path("expectedWaitSeconds").asInt()).isEqualTo(1);
        assertThat(account.path("launches")).singleElement().satisfies(launch -> assertThat(
                launch.path("jobId").asString()).isEqualTo(running.jobId().toString()));
        assertThat(account.path("credentials")).singleElement().satisfies(credential -> {
            assertThat(credential.path("credentialId").asString()).isEqualTo("anns");
            assertThat(credential.path("check").path("tokenExpiresAt").asString())
                    .isEqualTo(T0.plusSeconds(60).toString());
        });
        assertThat(account.toString()).doesNotContain("secret-token");
        assertThat(one(ANN, "act_9").path("launches")).isEmpty();
    }

    @Test
    void says_that_what_creators_keep_is_not_known_where_it_is_elsewhere() {
        assertThat(one(ANN, "act_1").path("pace").isNull()).isTrue();
        assertThat(one(ANN, "act_1").path("usage").isNull()).isTrue();
    }

    @Test
    void tells_how_long_it_is_left_alone_what_waits_and_how_much_of_its_limit_is_used() {
        jdbc.execute("create schema creator");
        jdbc.execute("create table creator.account_pace (account_id text primary key, resume_at timestamptz,"
                + " window_end timestamptz, used integer not null default 0)");
        jdbc.execute("create table creator.waiting_commands (job_id uuid primary key)");
        jdbc.update("insert into creator.account_pace values ('act_1', now() + interval '90 seconds',"
                + " now() + interval '1 minute', 40), ('act_2', now() - interval '1 second', now() - interval '1 second', 7)");
        jdbc.update("insert into creator.waiting_commands values (?)", running.jobId());
        jdbc.update("insert into job_looks (job_id, state, asked_at, asked_by, lease, leased_until, ad_account_id,"
                + " usage_percent, usage_at) values (?, 'LOOKED', now(), 'ann', gen_random_uuid(), now(), 'act_1',"
                + " 62.5, now())", running.jobId());

        var limited = one(ANN, "act_1");
        var free = one(ADA, "act_2");

        assertThat(limited.path("pace").path("changesNow").asInt()).isEqualTo(40);
        assertThat(limited.path("pace").path("waiting").asInt()).isEqualTo(1);
        assertThat(Instant.parse(limited.path("pace").path("pausedUntil").asString())).isAfter(Instant.now());
        assertThat(limited.path("expectedWaitSeconds").asInt()).isBetween(2, 92);
        assertThat(limited.path("usage").path("percent").asDouble()).isEqualTo(62.5);
        assertThat(free.path("pace").path("changesNow").asInt()).isZero();
        assertThat(free.path("pace").path("pausedUntil").isNull()).isTrue();
    }

    private static List<String> accounts(Principal who) {
        api.asking = who;
        return read("/v1/accounts").path("accounts").valueStream()
                .map(account -> account.path("adAccountId").asString()).toList();
    }

    private static JsonNode one(Principal who, String account) {
        api.asking = who;
        return read("/v1/accounts/" + account);
    }

    private static JsonNode read(String path) {
        return JsonMapper.shared().readTree(api.client.get().uri(path).exchange().expectStatus().isOk().expectBody()
                .returnResult().getResponseBody());
    }
}
