package io.campaignlauncher.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.sendonce.HttpAnswer;
import io.campaignlauncher.sendonce.Unanswered;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** A post that may be there is never called refused or not sent. */
class ClassifierPropertyTest {

    private static final long CHAT = -1001;
    private static final Post POST = new Post(CHAT, new Post.Content.Text("x", List.of(), true), List.of(), false,
            null);

    /** Errors by which Telegram says, before it does anything, why it will not: code, then text. */
    private static final Set<String> DEFINITE = Set.of(
            "400 Bad Request: chat not found", "400 Bad Request: chat_id is empty",
            "400 Bad Request: need administrator rights in the channel chat",
            "400 Bad Request: have no write access to the chat",
            "400 Bad Request: not enough rights to send text messages to the chat",
            "400 Bad Request: not enough rights to send photos to the chat",
            "400 Bad Request: CHAT_WRITE_FORBIDDEN", "400 Bad Request: CHAT_ADMIN_REQUIRED",
            "400 Bad Request: group chat was upgraded to a supergroup chat",
            "400 Bad Request: message text is empty", "400 Bad Request: message is too long",
            "400 Bad Request: message caption is too long", "400 Bad Request: MESSAGE_TOO_LONG",
            "400 Bad Request: text is too long", "400 Bad Request: unsupported parse_mode",
            "400 Bad Request: can't parse entities: Can't find end of the entity starting at byte offset 3",
            "400 Bad Request: can't parse entities: Unsupported start tag \"x\" at byte offset 0",
            "400 Bad Request: wrong file identifier/HTTP URL specified", "400 Bad Request: wrong HTTP URL specified",
            "400 Bad Request: failed to get HTTP URL content",
            "400 Bad Request: wrong type of the web page content",
            "400 Bad Request: photo has unsupported extension. Use one of .jpg, .jpeg, .gif, .png, .tif or .bmp",
            "400 Bad Request: there is no photo in the request", "400 Bad Request: BUTTON_URL_INVALID",
            "400 Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
            "400 Bad Request: reply markup is too long", "403 Forbidden: bot was kicked from the channel chat",
            "403 Forbidden: bot was kicked from the supergroup chat",
            "403 Forbidden: bot was kicked from the group chat",
            "403 Forbidden: bot is not a member of the channel chat",
            "403 Forbidden: bot is not a member of the supergroup chat",
            "403 Forbidden: bot is not a member of the group chat", "403 Forbidden: the group chat was deleted",
            "403 Forbidden: user is deactivated", "403 Forbidden: bot was blocked by the user", "404 Not Found",
            "404 Not Found: method not found", "421 Misdirected Request: unallowed token specified");

    /** What Telegram says to a send under way, which may have been carried out. */
    private static final List<String> DOUBTFUL = List.of("Bad Request: Logged out", "Unauthorized",
            "Unauthorized: invalid token specified", "Too Many Requests: retry after 5",
            "Internal Server Error: restart", "Internal Server Error: request aborted", "Bad Gateway",
            "Gateway Timeout", "Conflict: terminated by other getUpdates request", "Bad Request", "Forbidden",
            "Bad Request: ", "Bad Request: something new", "", "chat not found");

    /** An answer as it might come, and the code and text that it claims. */
    record Claimed(boolean ok, int status, int code, String description, int cutTo) {

        HttpAnswer answer() {
            var body = JsonNodeFactory.instance.objectNode().put("ok", ok).put("error_code", code)
                    .put("description", description);
            var bytes = JsonMapper.shared().writeValueAsBytes(body);
            return new HttpAnswer(status, Map.of(), cutTo < 0 ? bytes : Arrays.copyOf(bytes, cutTo % bytes.length));
        }

        boolean isDefinite() {
            return status == 413 || !ok && status == code && cutTo < 0 && DEFINITE.contains(code + " " + description);
        }
    }

    @Provide
    Arbitrary<Claimed> claims() {
        var codes = Arbitraries.of(200, 302, 400, 401, 403, 404, 409, 413, 420, 421, 429, 500, 502, 503, 504);
        var texts = Arbitraries.oneOf(Arbitraries.of(DEFINITE).map(each -> each.substring(4)),
                Arbitraries.of(DOUBTFUL), Arbitraries.strings().ofMaxLength(20).map("Bad Request: "::concat));
        var likely = Arbitraries.of(DEFINITE).map(each -> new Claimed(false, Integer.parseInt(each.substring(0, 3)),
                Integer.parseInt(each.substring(0, 3)), each.substring(4), -1));
        var cuts = Arbitraries.frequencyOf(Tuple.of(3, Arbitraries.just(-1)),
                Tuple.of(1, Arbitraries.integers().between(0, 200)));
        var changed = Combinators.combine(likely, codes, cuts, Arbitraries.of(true, false)).as(
                (claim, status, cut, ok) -> new Claimed(ok, status, claim.code(), claim.description(), cut));
        var free = Combinators.combine(Arbitraries.of(true, false), codes, codes, texts, cuts).as(Claimed::new);
        return Arbitraries.oneOf(likely, changed, free);
    }

    @Property(tries = 20_000)
    void only_an_error_that_names_its_reason_is_a_refusal(@ForAll("claims") Claimed claimed) {
        var result = Classifier.send(claimed.answer(), POST);

        assertThat(result instanceof SendResult.RefusedContent || result instanceof SendResult.RefusedPlace)
                .isEqualTo(claimed.isDefinite());
        assertThat(result).isNotInstanceOfAny(SendResult.NotSent.class, SendResult.Posted.class);
    }

    @Property
    void what_is_no_answer_of_the_api_leaves_everything_open(@ForAll("statuses") int status, @ForAll String body) {
        var result = Classifier.send(new HttpAnswer(status, Map.of(), body.getBytes(StandardCharsets.UTF_8)), POST);

        assertThat(result).isInstanceOf(SendResult.Unknown.class);
    }

    @Provide
    Arbitrary<Integer> statuses() {
        return Arbitraries.integers().between(200, 599).filter(status -> status != 413);
    }

    @Property
    void a_request_of_which_a_byte_may_have_left_is_never_called_unsent(@ForAll Unanswered.Reason reason) {
        var result = Classifier.send(new Unanswered(reason, "because"));

        assertThat(result instanceof SendResult.NotSent).isEqualTo(!reason.mayHaveLeft());
    }

    @Property
    void a_yes_is_believed_only_with_a_message_of_the_chat(@ForAll("ids") int messageId, @ForAll("chats") long chat,
            @ForAll boolean hasDate) {
        var body = JsonNodeFactory.instance.objectNode().put("ok", true);
        var message = body.putObject("result").put("message_id", messageId);
        message.putObject("chat").put("id", chat);
        if (hasDate) {
            message.put("date", 1_760_000_000);
        }
        var result = Classifier.send(new HttpAnswer(200, Map.of(), JsonMapper.shared().writeValueAsBytes(body)), POST);

        assertThat(result instanceof SendResult.Posted).isEqualTo(messageId > 0 && chat == CHAT && hasDate);
        assertThat(result).isInstanceOfAny(SendResult.Posted.class, SendResult.Unknown.class);
    }

    @Provide
    Arbitrary<Integer> ids() {
        return Arbitraries.integers().between(-2, 3);
    }

    @Provide
    Arbitrary<Long> chats() {
        return Arbitraries.of(CHAT, -1002L, 0L);
    }
}
