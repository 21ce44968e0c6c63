package io.campaignlauncher.accountcheck.model;

import static io.campaignlauncher.schemas.CheckOutcome.FAILED;
import static io.campaignlauncher.schemas.CheckOutcome.NOT_REACHED;
import static io.campaignlauncher.schemas.CheckOutcome.PASSED;
import static io.campaignlauncher.schemas.CheckOutcome.WARNED;
import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.schemas.Check;
import io.campaignlauncher.schemas.CheckOutcome;
import io.campaignlauncher.schemas.DuplicateName;
import io.campaignlauncher.schemas.ErrorKind;
import io.campaignlauncher.schemas.GraphFault;
import io.campaignlauncher.schemas.PreVerificationReported;
import io.campaignlauncher.schemas.PreVerificationRequested;
import io.campaignlauncher.schemas.VerificationOutcome;
import io.campaignlauncher.accountcheck.model.AccountFacts.Account;
import io.campaignlauncher.accountcheck.model.AccountFacts.Token;
import io.campaignlauncher.accountcheck.model.AccountFacts.Usability;
import io.campaignlauncher.accountcheck.model.ReadResult.Known;
import io.campaignlauncher.accountcheck.model.ReadResult.NotAsked;
import io.campaignlauncher.accountcheck.model.ReadResult.Unclear;
import io.campaignlauncher.accountcheck.model.ReadResult.Unreadable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccountJudgementTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Account HEALTHY = new Account(1, 0, List.of("ADVERTISE"), 0, 0, "USD", "America/Los_Angeles");
    private static final Token GOOD_TOKEN = new Token(true, "", null, List.of("ads_management"));

    private final PreVerificationRequested.Builder request = PreVerificationRequested.newBuilder()
            .setJobId("j-1")
            .setAttempt(2)
            .setAdAccountId("act_1")
            .setCredentialId("default")
            .setCampaignName("Summer sale")
            .setDuplicateName(DuplicateName.REJECT)
            .setAdSets(50)
            .setAds(50)
            .setPageId("77")
            .setPixelId("88");

    private ReadResult<Account> account = new Known<>(HEALTHY);
    private ReadResult<Token> token = new Known<>(GOOD_TOKEN);
    private ReadResult<List<String>> sameName = new Known<>(List.of());
    private ReadResult<Integer> campaigns = new Known<>(10);
    private ReadResult<Integer> adSets = new Known<>(100);
    private ReadResult<Integer> ads = new Known<>(200);
    private ReadResult<Usability> page = new Known<>(Usability.USABLE);
    private ReadResult<Usability> pixel = new Known<>(Usability.USABLE);

    @Test
    void lets_a_valid_request_begin() {
        var report = judge();

        assertThat(report.getOutcome()).isEqualTo(VerificationOutcome.PASSED);
        assertThat(report.getChecks()).containsExactly(passed("account_accessible"), passed("account_active"),
                passed("token_valid"), passed("campaign_name_free"), passed("campaign_room"), passed("ad_set_room"),
                passed("ad_room"), passed("page_usable"), passed("pixel_usable"));
        assertThat(report.getCampaignCount()).isEqualTo(10);
        assertThat(report.getCampaignLimit()).isEqualTo(6000);
        assertThat(report.getJobId()).isEqualTo("j-1");
        assertThat(report.getAttempt()).isEqualTo(2);
        assertThat(report.getDurationMs()).isEqualTo(120);
        assertThat(report.getHttpCalls()).isEqualTo(1);
        assertThat(report.getFault()).isNull();
    }

    @Test
    void leaves_out_what_was_not_asked_for() {
        request.setPageId(null).setPixelId(null);
        page = new NotAsked<>();
        pixel = new NotAsked<>();

        assertThat(judge().getOutcome()).isEqualTo(VerificationOutcome.PASSED);
        assertThat(judge().getChecks()).extracting(Check::getName).endsWith("ad_room");
    }

    @ParameterizedTest
    @CsvSource({ "2,FAILED,disabled", "3,FAILED,unpaid", "7,FAILED,risk review", "100,FAILED,closed",
        "101,FAILED,closed",
        "8,WARNED,settlement", "9,WARNED,grace", "55,WARNED,unknown" })
    void judges_every_account_status(int status, CheckOutcome outcome, String word) {
        account = new Known<>(new Account(status, 0, List.of(), 0, 0, "USD", "America/Los_Angeles"));

        assertThat(check("account_active").getOutcome()).isEqualTo(outcome);
        assertThat(check("account_active").getDetail()).contains(word);
        assertThat(judge().getOutcome())
                .isEqualTo(outcome == FAILED ? VerificationOutcome.REFUSED : VerificationOutcome.PASSED);
    }

    @Test
    void names_the_reason_for_which_an_account_was_disabled() {
        account = new Known<>(new Account(2, 1, List.of(), 0, 0, "USD", "America/Los_Angeles"));

        assertThat(check("account_active").getDetail())
                .isEqualTo("The ad account is disabled (account status 2, disable reason ADS_INTEGRITY_POLICY).");
    }

    @Test
    void warns_of_a_spent_spending_limit() {
        account = new Known<>(new Account(1, 0, List.of(), 5000, 5000, "USD", "America/Los_Angeles"));
        assertThat(check("account_active").getOutcome()).isEqualTo(WARNED);

        account = new Known<>(new Account(1, 0, List.of(), 5000, 4999, "USD", "America/Los_Angeles"));
        assertThat(check("account_active").getOutcome()).isEqualTo(PASSED);
    }

    @Test
    void refuses_a_user_who_may_only_look() {
        account = new Known<>(new Account(1, 0, List.of("ANALYZE", "DRAFT"), 0, 0, "USD", "America/Los_Angeles"));

        assertThat(check("account_accessible").getOutcome()).isEqualTo(FAILED);
        assertThat(check("account_accessible").getDetail()).contains("ANALYZE, DRAFT");
    }

    @Test
    void refuses_an_invalid_token() {
        token = new Known<>(new Token(false, "The user logged out", null, List.of()));

        assertThat(check("token_valid").getOutcome()).isEqualTo(FAILED);
        assertThat(check("token_valid").getDetail()).contains("The user logged out");
        assertThat(judge().getOutcome()).isEqualTo(VerificationOutcome.REFUSED);
    }

    @Test
    void refuses_a_token_from_the_moment_it_expires() {
        token = new Known<>(new Token(true, "", NOW, List.of()));
        assertThat(check("token_valid").getOutcome()).isEqualTo(FAILED);

        token = new Known<>(new Token(true, "", NOW.plusSeconds(1), List.of()));
        assertThat(check("token_valid").getOutcome()).isEqualTo(PASSED);
    }

    @Test
    void refuses_the_token_when_any_read_met_it_as_invalid() {
        ads = new Unreadable<>(permanent(190, 463));

        assertThat(check("token_valid").getOutcome()).isEqualTo(FAILED);
        assertThat(check("ad_room").getOutcome()).isEqualTo(NOT_REACHED);
        assertThat(judge().getOutcome()).isEqualTo(VerificationOutcome.REFUSED);
    }

    @Test
    void reaches_nothing_else_when_every_read_met_an_invalid_token() {
        everything(permanent(190, null));

        assertThat(judge().getChecks()).filteredOn(check -> check.getOutcome() == FAILED).extracting(Check::getName)
                .containsExactly("token_valid");
        assertThat(judge().getChecks()).filteredOn(check -> check.getOutcome() == NOT_REACHED).hasSize(8);
        assertThat(judge().getCampaignCount()).isNull();
        assertThat(judge().getCampaignLimit()).isNull();
    }

    @Test
    void believes_a_token_that_could_read_the_account_where_its_app_may_not_ask_about_it() {
        token = new Unreadable<>(permanent(100, null));
        assertThat(judge().getOutcome()).isEqualTo(VerificationOutcome.PASSED);

        account = new Unreadable<>(permanent(200, null));
        assertThat(check("token_valid").getOutcome()).isEqualTo(NOT_REACHED);
    }

    @ParameterizedTest
    @ValueSource(ints = { 100, 803, 200, 10, 368 })
    void names_an_unreadable_account_once(int code) {
        everything(permanent(code, code == 100 ? 33 : null));
        token = new Known<>(GOOD_TOKEN);

        assertThat(judge().getOutcome()).isEqualTo(VerificationOutcome.REFUSED);
        assertThat(judge().getChecks()).filteredOn(check -> check.getOutcome() == FAILED).extracting(Check::getName)
                .containsExactly("account_accessible");
        assertThat(check("account_accessible").getDetail()).isEqualTo("The ad account act_1 cannot be read: no");
    }

    @Test
    void rejects_or_warns_of_a_name_that_exists() {
        sameName = new Known<>(List.of("4711"));
        assertThat(check("campaign_name_free").getOutcome()).isEqualTo(FAILED);
        assertThat(check("campaign_name_free").getDetail()).contains("Summer sale", "4711");
        assertThat(judge().getOutcome()).isEqualTo(VerificationOutcome.REFUSED);

        request.setDuplicateName(DuplicateName.WARN);
        assertThat(check("campaign_name_free").getOutcome()).isEqualTo(WARNED);
        assertThat(judge().getOutcome()).isEqualTo(VerificationOutcome.PASSED);

        request.setDuplicateName(DuplicateName.UNKNOWN);
        assertThat(check("campaign_name_free").getOutcome()).isEqualTo(FAILED);
    }

    @Test
    void takes_a_name_that_another_job_is_using_for_one_that_exists() {
        request.setNameTakenByAnotherJob(true);
        assertThat(check("campaign_name_free").getOutcome()).isEqualTo(FAILED);

        request.setDuplicateName(DuplicateName.WARN);
        assertThat(check("campaign_name_free").getOutcome()).isEqualTo(WARNED);
    }

    @Test
    void refuses_what_does_not_fit_and_accepts_what_just_fits() {
        campaigns = new Known<>(6000);
        adSets = new Known<>(5950);
        ads = new Known<>(5951);

        assertThat(check("campaign_room").getOutcome()).isEqualTo(FAILED);
        assertThat(check("ad_set_room").getOutcome()).isEqualTo(PASSED);
        assertThat(check("ad_room").getOutcome()).isEqualTo(FAILED);
        assertThat(check("ad_room").getDetail()).contains("5951", "6000", "50");
        assertThat(judge().getCampaignCount()).isEqualTo(6000);

        campaigns = new Known<>(5999);
        assertThat(check("campaign_room").getOutcome()).isEqualTo(PASSED);
    }

    @Test
    void refuses_a_pixel_that_facebook_says_is_unavailable() {
        pixel = new Known<>(Usability.UNAVAILABLE);

        assertThat(check("pixel_usable").getOutcome()).isEqualTo(FAILED);
        assertThat(check("pixel_usable").getDetail()).contains("88");
        assertThat(judge().getOutcome()).isEqualTo(VerificationOutcome.REFUSED);
    }

    @Test
    void warns_of_a_page_or_a_pixel_that_is_not_listed() {
        page = new Known<>(Usability.NOT_LISTED);
        pixel = new Known<>(Usability.NOT_LISTED);

        assertThat(check("page_usable").getOutcome()).isEqualTo(WARNED);
        assertThat(check("pixel_usable").getOutcome()).isEqualTo(WARNED);
        assertThat(check("pixel_usable").getDetail()).contains("88");
        assertThat(judge().getOutcome()).isEqualTo(VerificationOutcome.PASSED);
    }

    @ParameterizedTest
    @CsvSource({ "10", "200", "294", "299", "100" })
    void warns_where_the_lists_of_pages_and_pixels_may_not_be_read(int code) {
        page = new Unreadable<>(permanent(code, null));
        pixel = new Unreadable<>(permanent(code, null));

        assertThat(check("page_usable").getOutcome()).isEqualTo(WARNED);
        assertThat(check("pixel_usable").getOutcome()).isEqualTo(WARNED);
        assertThat(check("page_usable").getDetail()).contains("could not be checked");
        assertThat(judge().getOutcome()).isEqualTo(VerificationOutcome.PASSED);
    }

    @Test
    void a_token_that_the_list_of_pages_refuses_is_no_warning() {
        page = new Unreadable<>(permanent(190, 463));

        assertThat(check("token_valid").getOutcome()).isEqualTo(FAILED);
        assertThat(judge().getOutcome()).isEqualTo(VerificationOutcome.REFUSED);
    }

    @Test
    void names_every_reason_of_a_refusal_at_once() {
        account = new Known<>(new Account(2, 3, List.of(), 0, 0, "USD", "America/Los_Angeles"));
        token = new Known<>(new Token(true, "", NOW.minusSeconds(1), List.of()));
        sameName = new Known<>(List.of("1", "2"));
        campaigns = new Known<>(6000);
        pixel = new Known<>(Usability.UNAVAILABLE);
        ads = new Unreadable<>(fault(ErrorKind.TEMPORARY, 2, null));

        assertThat(judge().getOutcome()).isEqualTo(VerificationOutcome.REFUSED);
        assertThat(judge().getFault()).isNull();
        assertThat(judge().getChecks()).filteredOn(check -> check.getOutcome() == FAILED).extracting(Check::getName)
                .containsExactly("account_active", "token_valid", "campaign_name_free", "campaign_room",
                        "pixel_usable");
        assertThat(check("ad_room").getOutcome()).isEqualTo(NOT_REACHED);
    }

    @Test
    void never_takes_a_time_out_for_a_refusal() {
        everything(fault(ErrorKind.TEMPORARY, null, null));

        assertThat(judge().getOutcome()).isEqualTo(VerificationOutcome.INCONCLUSIVE);
        assertThat(judge().getFault()).isEqualTo(fault(ErrorKind.TEMPORARY, null, null));
        assertThat(judge().getChecks()).allMatch(check -> check.getOutcome() == NOT_REACHED);
    }

    @Test
    void is_inconclusive_when_a_single_read_failed_for_a_passing_reason() {
        adSets = new Unreadable<>(fault(ErrorKind.TEMPORARY, 1, null));

        assertThat(judge().getOutcome()).isEqualTo(VerificationOutcome.INCONCLUSIVE);
        assertThat(check("ad_set_room").getOutcome()).isEqualTo(NOT_REACHED);
        assertThat(check("ad_room").getOutcome()).isEqualTo(PASSED);
    }

    @Test
    void waits_for_the_longest_limit() {
        adSets = new Unreadable<>(fault(ErrorKind.TEMPORARY, 1, null));
        ads = new Unreadable<>(limit(30));
        campaigns = new Unreadable<>(limit(90));

        assertThat(judge().getFault()).isEqualTo(limit(90));
    }

    @Test
    void warns_where_facebook_s_answer_does_not_tell() {
        ads = new Unclear<>("Facebook did not say.");

        assertThat(check("ad_room")).isEqualTo(new Check("ad_room", WARNED, "Facebook did not say."));
        assertThat(judge().getOutcome()).isEqualTo(VerificationOutcome.PASSED);
    }

    @Test
    void refuses_an_unknown_credential() {
        var report = AccountJudgement.withoutCredential(request.build(), AccountLimits.REGULAR, NOW,
                new CallStats(Duration.ofSeconds(2), 0));

        assertThat(report.getOutcome()).isEqualTo(VerificationOutcome.REFUSED);
        assertThat(report.getChecks()).filteredOn(check -> check.getOutcome() == FAILED)
                .containsExactly(new Check("token_valid", FAILED,
                        "The access token is not valid: credential default is not known."));
        assertThat(report.getChecks()).filteredOn(check -> check.getOutcome() == NOT_REACHED).hasSize(8);
    }

    private PreVerificationReported judge() {
        return AccountJudgement.judge(request.build(),
                new AccountFacts(account, token, sameName, campaigns, adSets, ads, page, pixel), AccountLimits.REGULAR,
                NOW, new CallStats(Duration.ofMillis(120), 1));
    }

    private Check check(String name) {
        return judge().getChecks().stream().collect(Collectors.toMap(Check::getName, check -> check)).get(name);
    }

    private void everything(GraphFault fault) {
        account = new Unreadable<>(fault);
        token = new Unreadable<>(fault);
        sameName = new Unreadable<>(fault);
        campaigns = new Unreadable<>(fault);
        adSets = new Unreadable<>(fault);
        ads = new Unreadable<>(fault);
        page = new Unreadable<>(fault);
        pixel = new Unreadable<>(fault);
    }

    private static Check passed(String name) {
        return new Check(name, PASSED, "");
    }

    private static GraphFault permanent(int code, Integer subcode) {
        return fault(ErrorKind.PERMANENT, code, subcode);
    }

    private static GraphFault limit(int seconds) {
        return GraphFault.newBuilder(fault(ErrorKind.RATE_LIMIT, 80004, null)).setRetryAt(NOW.plusSeconds(seconds))
                .build();
    }

    private static GraphFault fault(ErrorKind kind, Integer code, Integer subcode) {
        return GraphFault.newBuilder().setKind(kind).setCode(code).setSubcode(subcode).setMessage("no").build();
    }
}
