package io.campaignlauncher.schemas;

import java.nio.charset.StandardCharsets;

/**
 * Counts what one message may name. The slots of a job are few, but whoever copies ad sets makes as many as he likes, each
 * with a name of up to 400 characters: so there is a bound to what is not a slot's, and the rest waits for the next message.
 */
public final class EntityRoom {

    /** How many entities that fill no slot a message names. */
    public static final int ENTITIES_MAX = 100;

    /** What they may take: the longest names that Facebook keeps, in the letters that take most. */
    public static final int BYTES_MAX = 128 * 1024;

    /** Of an entity beside its name. */
    private static final int BESIDE_THE_NAME = 64;

    private final int entitiesMax;
    private final int bytesMax;
    private int entities;
    private int bytes;

    public EntityRoom(int entitiesMax, int bytesMax) {
        this.entitiesMax = entitiesMax;
        this.bytesMax = bytesMax;
    }

    public int bytesLeft() {
        return bytesMax - bytes;
    }

    /** Whether it still finds room, which is then taken. The first one always does: nothing may wait for ever. */
    public boolean takes(Entity entity) {
        int size = BESIDE_THE_NAME + entity.getName().getBytes(StandardCharsets.UTF_8).length;
        if (entities > 0 && (entities >= entitiesMax || bytes + size > bytesMax)) {
            return false;
        }
        entities++;
        bytes += size;
        return true;
    }
}
