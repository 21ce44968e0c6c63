package io.campaignlauncher.simulator.core;

import io.campaignlauncher.standin.Commit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Carries out one operation: token, limits, faults, then the rule of its node or edge. */
final class Operations {

    private static final int IDS_MAX = 50;
    private static final String ASYNC_SETS = "asyncadrequestsets";

    /** Where effects go that come later than their answer. */
    interface Later {
        void commit(Instant due, Consumer<Instant> effect);
    }

    private final GraphWorld world;
    private final ErrorEnvelope envelope;
    private final Later later;
    private final Tally tally;
    private final ParsedJson json = new ParsedJson();
    private final FieldSelection.Cache selections = new FieldSelection.Cache();
    private final Tokens tokens;
    private final EdgeReads edges = new EdgeReads(selections, json);
    private final Store store;
    private final Images images;
    private final Videos videos;
    private final AccountReads accounts;
    private final Changes changes;
    private final Copies copies;
    private final AsyncRequests async;

    Operations(GraphWorld world, ErrorEnvelope envelope, Tally tally, Later later, AsyncRequests.Runner unattended) {
        this.world = world;
        this.envelope = envelope;
        this.tally = tally;
        this.later = later;
        this.tokens = new Tokens(world.rules.appSecret());
        this.store = new Store(world);
        this.images = new Images(world, json);
        this.videos = new Videos(world, store, json);
        this.accounts = new AccountReads(world, edges, json, selections, images);
        this.changes = new Changes(world, store, json);
        this.copies = new Copies(world, store, json);
        this.async = new AsyncRequests(world, later, unattended, selections);
    }

    AsyncRequests async() {
        return async;
    }

    void checkToken(Call call) {
        tokens.check(call);
    }

    /** The account that an operation concerns; null for operations outside of accounts. */
    @Nullable
    Account accountOf(Call call, Instant now) {
        var digits = call.accountDigits();
        if (digits != null) {
            return Ids.number(digits) == 0 ? null : world.account(digits, now);
        }
        long number = call.node().isEmpty() ? firstOfIds(call) : call.objectNumber();
        var object = world.find(number);
        var other = object == null ? async.find(number) : null;
        return object != null ? object.account : other != null ? other.account() : null;
    }

    /** What a fault sees: of a deletion also what is deleted, which limits and counters do not tell apart. */
    FaultTarget faultTarget(Call call) {
        if (call.kind() != FaultTarget.DELETE || !call.edge().isEmpty()) {
            return call.kind();
        }
        var object = world.find(call.objectNumber());
        return object == null ? FaultTarget.DELETE : switch (object.kind) {
            case CAMPAIGN -> FaultTarget.DELETE_CAMPAIGN;
            case AD_SET -> FaultTarget.DELETE_AD_SET;
            case AD -> FaultTarget.DELETE_AD;
            case CREATIVE, LABEL, IMAGE, VIDEO, PAGE, PIXEL, ACCOUNT -> FaultTarget.DELETE;
        };
    }

    private static long firstOfIds(Call call) {
        var ids = call.parameters().getOrDefault("ids", "");
        int comma = ids.indexOf(',');
        return Ids.number(comma < 0 ? ids : ids.substring(0, comma));
    }

    OperationReply run(Call call, Context context) {
        tally.operation(call.kind());
        OperationReply answer;
        try {
            tokens.check(call);
            var account = accountOf(call, context.now());
            strike(account, context);
            if (account != null && !call.node().isEmpty()) {
                admit(account, call, context.now());
            }
            answer = withOutcome(call, context);
        } catch (GraphRefusal refusal) {
            tally.error(refusal.code);
            answer = envelope.answer(refusal);
        }
        return answer;
    }

    /** The same once more without faults and limits, for effects that come late. */
    void runLate(Call call, Context context) {
        try {
            dispatch(call, context);
        } catch (GraphRefusal refusal) {
            tally.error(refusal.code);
        }
    }

    /** Lets the faults concerning account and token take effect; refuses where they refuse. */
    static void strike(@Nullable Account account, Context context) {
        for (var effect : context.effects()) {
            switch (effect) {
                case FaultEffect.TokenRefused(int subcode) -> throw GraphRefusal.tokenRefused(subcode);
                case FaultEffect.Refused(int status, int code, var subcode, var message, boolean passes) ->
                    throw GraphRefusal.of(status, code, subcode, message).transientOne(passes);
                case FaultEffect.RateLimited(var limit, var during) -> {
                    if (account != null) {
                        account.limits.limit(limit, context.now().plus(during));
                    } else {
                        throw limit.refusal();
                    }
                }
                case FaultEffect.UsageRising(double step, var during) -> {
                    if (account != null) {
                        account.limits.raiseShownPercent(step, during, context.now());
                    }
                }
                case FaultEffect.UsageOfOthers(var named) -> {
                    if (account != null) {
                        account.limits.nameOthers(named);
                    }
                }
                case FaultEffect.AccountTurns(int status) -> {
                    if (account != null) {
                        account.status = status;
                        account.disableReason = status == 2 ? 1 : account.disableReason;
                    }
                }
                case FaultEffect.PolicyBlock(var during) -> {
                    if (account != null) {
                        account.blockedByPolicyUntil = context.now().plus(during);
                    }
                }
                case FaultEffect.NoAnswer _,FaultEffect.HtmlPage _,FaultEffect.Slow _,FaultEffect.ServerError _,FaultEffect.ErrorAt200 _,FaultEffect.NullElement _,FaultEffect.Aborted _,FaultEffect.BatchCutShort _,FaultEffect.SilentFailure _,FaultEffect.TooMuchData _,FaultEffect.UsageInsideOnly _,FaultEffect.Reviewed _,FaultEffect.UnknownStatus _,FaultEffect.EdgeLag _,FaultEffect.HiddenById _,FaultEffect.CreativeReused _,FaultEffect.ChunkCut _,FaultEffect.SessionExpired _,FaultEffect.Encoding _ ->
                    {
                    }
            }
        }
    }

    private static void admit(Account account, Call call, Instant now) {
        var limit = account.limits.admit(call.kind(), account.activeAds, now);
        if (limit != null) {
            throw limit.refusal();
        }
        if (call.kind().isWrite() && account.blockedByPolicyUntil != null
                && now.isBefore(account.blockedByPolicyUntil)) {
            throw GraphRefusal.of(400, 368, null,
                    "The action attempted has been deemed abusive or is otherwise disallowed");
        }
        if (call.kind().isCreate() && !account.mayCreate()) {
            throw GraphRefusal.of(403, 200, null, "(#200) The ad account is not enabled for usage in Ads API: it is "
                    + (account.status == 2 ? "disabled" : "not active (status " + account.status + ")")).user(
                            "Ad account is not active",
                            "This ad account cannot create ads. Check the account's status.");
        }
    }

    private OperationReply withOutcome(Call call, Context context) {
        for (var effect : context.effects()) {
            switch (effect) {
                case FaultEffect.ServerError(var commit) -> {
                    takeEffect(call, commit, context);
                    throw GraphRefusal.serverError();
                }
                case FaultEffect.ErrorAt200(var commit) -> {
                    takeEffect(call, commit, context);
                    tally.error(2);
                    return OperationReply.of(envelope.body(GraphRefusal.serverError()));
                }
                case FaultEffect.NullElement(var commit) -> {
                    takeEffect(call, commit, context);
                    return OperationReply.nothing();
                }
                case FaultEffect.Aborted(var commit) -> {
                    takeEffect(call, commit, context);
                    throw GraphRefusal.aborted();
                }
                case FaultEffect.TooMuchData(int itemsMax, var edge) -> {
                    if (call.kind() == FaultTarget.READ_EDGE && (edge == null || edge.equals(call.edge()))
                            && EdgeReads.limit(new Inputs(call.parameters(), json)) > itemsMax) {
                        throw GraphRefusal.tooMuchData();
                    }
                }
                case FaultEffect.NoAnswer _,FaultEffect.HtmlPage _,FaultEffect.Slow _,FaultEffect.BatchCutShort _,FaultEffect.SilentFailure _,FaultEffect.Refused _,FaultEffect.RateLimited _,FaultEffect.UsageRising _,FaultEffect.UsageOfOthers _,FaultEffect.UsageInsideOnly _,FaultEffect.TokenRefused _,FaultEffect.AccountTurns _,FaultEffect.PolicyBlock _,FaultEffect.Reviewed _,FaultEffect.UnknownStatus _,FaultEffect.EdgeLag _,FaultEffect.HiddenById _,FaultEffect.CreativeReused _,FaultEffect.ChunkCut _,FaultEffect.SessionExpired _,FaultEffect.Encoding _ ->
                    {
                    }
            }
        }
        return OperationReply.of(dispatch(call, context));
    }

    private void takeEffect(Call call, Commit commit, Context context) {
        switch (commit) {
            case Commit.Never _ -> {
            }
            case Commit.AtOnce _ -> runLate(call, context);
            case Commit.After(Duration delay) ->
                later.commit(context.now().plus(delay), due -> runLate(call, Context.plain(
                        due)));
        }
    }

    private JsonNode dispatch(Call call, Context context) {
        return switch (call.method()) {
            case "GET" -> read(call, context.now());
            case "POST" -> write(call, context);
            case "DELETE" -> delete(call, context);
            default -> throw GraphRefusal.invalid("Unsupported method");
        };
    }

    private JsonNode read(Call call, Instant now) {
        if (call.node().isEmpty()) {
            return multiGet(call, now);
        }
        if (call.node().equals("me")) {
            return tokens.me(call, world, accounts, selections, now);
        }
        if (call.node().equals("debug_token")) {
            return tokens.debug(call, now);
        }
        if (call.accountDigits() == null && call.objectNumber() != 0 && !call.edge().isEmpty()) {
            var work = async.find(call.objectNumber());
            if (work != null) {
                return async.requests(call, work, new Inputs(call.parameters(), json), now);
            }
            var object = existing(call, now);
            if (object.video != null && call.edge().equals("thumbnails")) {
                return Thumbnails.edge(object, object.video, selection(call), now);
            }
            var below = EdgeReads.below(object, call.edge());
            if (below == null) {
                throw GraphRefusal.noSuchObject("GET", call.node() + "/" + call.edge());
            }
            return edges.page(call, below, now);
        }
        var digits = call.accountDigits();
        if (digits != null && !call.edge().isEmpty()) {
            var account = world.account(digits, now);
            return call.edge().equals(ASYNC_SETS) ? async.sets(account, new Inputs(call.parameters(), json), now)
                    : accounts.edge(call, account, now);
        }
        return node(call.node(), selection(call), now);
    }

    private @Nullable FieldSelection selection(Call call) {
        var fields = call.parameters().get("fields");
        return fields == null || fields.isEmpty() ? null : selections.of(fields);
    }

    private ObjectNode node(String id, @Nullable FieldSelection selection, Instant now) {
        if (id.startsWith("act_")) {
            return accounts.node(world.account(id.substring(4), now),
                    selection == null ? FieldSelection.parse("account_id")
                            : selection,
                    now);
        }
        var object = world.find(Ids.number(id));
        if (object != null) {
            if (now.isBefore(object.byIdFrom)) {
                throw GraphRefusal.noSuchObject("GET", id);
            }
            var usual = object.kind == ObjectKind.LABEL ? FieldSelection.parse("id,name") : FieldSelection.ID;
            return edges.nodes().read(object, selection == null ? usual : selection, now);
        }
        var work = async.find(Ids.number(id));
        if (work != null) {
            return async.read(work, selection, now);
        }
        var fixture = AccountReads.fixture(id, selection);
        if (fixture != null) {
            return fixture;
        }
        throw Ids.number(id) == 0 ? GraphRefusal.noSuchAlias(id) : GraphRefusal.noSuchObject("GET", id);
    }

    private JsonNode multiGet(Call call, Instant now) {
        var ids = call.parameters().get("ids");
        if (ids == null || ids.isEmpty()) {
            throw GraphRefusal.of(400, 2500, null, "An active access token or an object id is needed");
        }
        var parts = (ids.startsWith("[") ? new Inputs(call.parameters(), json).list("ids") : null);
        var list = parts == null ? List.of(ids.split(","))
                : parts.valueStream().map(each -> each.asString("")).toList();
        if (list.size() > IDS_MAX) {
            throw GraphRefusal.invalid("Too many IDs. Maximum: " + IDS_MAX + ". Provided: " + list.size());
        }
        var selection = selection(call);
        var answer = Json.object();
        for (var id : list) {
            try {
                var object = world.find(Ids.number(id.trim()));
                if (object != null) {
                    admit(object.account, call, now);
                }
                answer.set(id.trim(), node(id.trim(), selection, now));
            } catch (GraphRefusal refusal) {
                throw refusal.subcode != null && refusal.subcode == 33 ? GraphRefusal.noSuchAlias(id) : refusal;
            }
        }
        return answer;
    }

    private GraphObject existing(Call call, Instant now) {
        var object = world.find(call.objectNumber());
        if (object == null || call.method().equals("GET") && now.isBefore(object.byIdFrom)) {
            throw GraphRefusal.noSuchObject(call.method(), call.node());
        }
        return object;
    }

    private JsonNode write(Call call, Context context) {
        var digits = call.accountDigits();
        if (digits == null) {
            var object = existing(call, context.now());
            return switch (call.edge()) {
                case "" -> changes.update(call, object, context);
                case "copies" -> copies.copy(call, object, context);
                case "adlabels" -> changes.addLabels(call, object, context);
                default -> throw GraphRefusal.noSuchObject("POST", call.node() + "/" + call.edge());
            };
        }
        var account = world.account(digits, context.now());
        var inputs = new Inputs(call.parameters(), json);
        return switch (call.edge()) {
            case "campaigns" -> created(call, CampaignCreation.build(world, account, inputs, context), inputs, context);
            case "adsets" -> created(call, AdSetCreation.build(world, account, inputs, context), inputs, context);
            case "ads" -> created(call, AdCreation.build(world, account, inputs, context), inputs, context);
            case "adcreatives" ->
                created(call, AdCreation.buildCreative(world, account, inputs, context), inputs, context);
            case "adimages" -> images.upload(call, account, context);
            case "advideos" -> videos.upload(call, account, context);
            case ASYNC_SETS -> async.order(call, account, inputs, context);
            case "adlabels" -> Json.id(store.label(account, inputs.required("name"), context).id());
            default -> throw GraphRefusal.noSuchObject("POST", call.node() + "/" + call.edge());
        };
    }

    private JsonNode created(Call call, GraphObject object, Inputs inputs, Context context) {
        if (inputs.validateOnly()) {
            store.checkedLabels(object.account, inputs);
            return Json.success();
        }
        var selection = selection(call);
        if (world.find(object.number) == null) {
            store.put(object, context, store.labels(object.account, inputs, context));
        }
        return selection == null ? Json.id(object.id()) : edges.nodes().read(object, selection, context.now());
    }

    private JsonNode delete(Call call, Context context) {
        var digits = call.accountDigits();
        if (digits != null) {
            if (call.edge().equals("adimages")) {
                return Images.delete(call, world.account(digits, context.now()), context);
            }
            throw GraphRefusal.noSuchObject("DELETE", call.node());
        }
        var work = async.find(call.objectNumber());
        if (work != null) {
            return async.cancel(call, work, context.now());
        }
        var object = existing(call, context.now());
        if (call.edge().equals("adlabels")) {
            return changes.removeLabels(call, object, context);
        }
        return changes.delete(object, context);
    }
}
