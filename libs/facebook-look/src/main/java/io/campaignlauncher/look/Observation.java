package io.campaignlauncher.look;

/** What a read said of an entity that a slot knows by its id. */
public sealed interface Observation {

    /** It exists. */
    record There(ObservedEntity entity) implements Observation {}

    /** It does not exist, or is deleted or archived. */
    record Absent() implements Observation {}

    /** Nobody can say. @param why for people */
    record Unread(String why) implements Observation {}
}
