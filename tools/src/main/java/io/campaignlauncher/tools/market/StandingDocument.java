package io.campaignlauncher.tools.market;

import io.campaignlauncher.eventstore.StoredEvent;
import io.campaignlauncher.market.history.StreamFold.Standing;
import io.campaignlauncher.market.model.Money;
import io.campaignlauncher.market.model.Stream;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.ser.std.ToStringSerializer;

/** How something of the marketplace stood, as JSON. */
public final class StandingDocument {

    private static final JsonMapper JSON = JsonMapper.builder().enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
            .addModule(new SimpleModule().addSerializer(Money.class, ToStringSerializer.instance)).build();

    private StandingDocument() {}

    /** {@code kind}, its own fields, of a campaign {@code targets}, and after which event: {@code asOf}. */
    public static ObjectNode of(Standing standing, PastEvent last) {
        var document = JSON.createObjectNode().put("kind", standing.kind().word());
        document.setAll((ObjectNode) JSON.valueToTree(standing.state()));
        var asOf = document.putObject("asOf");
        if (last.position() != StoredEvent.NOT_TOLD) {
            asOf.put("position", last.position());
        }
        asOf.put("at", last.stored().at().toString())
                .put("type", last.stored().type());
        if (standing.kind() == Stream.Kind.CAMPAIGN) {
            document.set("targets", JSON.valueToTree(standing.targets()));
        }
        return document;
    }
}
