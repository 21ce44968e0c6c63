package io.campaignlauncher.schemas;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaValidationException;
import org.apache.avro.SchemaValidatorBuilder;

/**
 * Compares a schema with the released ones of the same record. Old and new must read each other (FULL_TRANSITIVE), and
 * nothing that was said may be lost: Avro has no objection when a field that has a default disappears or gets another name,
 * though a history read afterwards would have forgotten it.
 */
final class SchemaEvolution {

    private final Collection<String> violations = new LinkedHashSet<>();

    private SchemaEvolution() {}

    /** Every way in which the schema breaks with what was released, oldest first; none where it only grew. */
    static List<String> violations(Schema current, List<Schema> released) {
        var comparison = new SchemaEvolution();
        comparison.bothWays(current, released);
        for (var earlier : released) {
            comparison.kept(current.getName(), earlier, current);
        }
        return List.copyOf(comparison.violations);
    }

    private void bothWays(Schema current, List<Schema> released) {
        try {
            new SchemaValidatorBuilder().mutualReadStrategy().validateAll().validate(current, released);
        } catch (SchemaValidationException e) {
            violations.add(current.getName() + " and a released version of it cannot read each other");
        }
        // That validator passes an enum without a default that lost a symbol; this one sees it, and names the place.
        for (var earlier : released) {
            readable("what was written before cannot be read", current, earlier);
            readable("who has an earlier version cannot read it", earlier, current);
        }
    }

    private void readable(String trouble, Schema reader, Schema writer) {
        for (var mismatch : SchemaCompatibility.checkReaderWriterCompatibility(reader, writer).getResult()
                .getIncompatibilities()) {
            violations.add(reader.getName() + ": " + trouble + ": " + mismatch.getType() + " at "
                    + mismatch.getLocation() + ", " + mismatch.getMessage());
        }
    }

    private void kept(String place, Schema earlier, Schema current) {
        if (earlier.getType() != current.getType()) {
            violations.add(place + " was " + earlier.getType() + " and is " + current.getType());
            return;
        }
        if (!Objects.equals(earlier.getLogicalType(), current.getLogicalType())) {
            violations.add(place + " had another logical type");
        }
        switch (earlier.getType()) {
            case RECORD -> earlier.getFields().forEach(field -> fieldKept(place, field, current));
            case ENUM -> symbolsKept(place, earlier, current);
            case ARRAY -> kept(place + "[]", earlier.getElementType(), current.getElementType());
            case MAP -> kept(place + "{}", earlier.getValueType(), current.getValueType());
            case UNION -> branchesKept(place, earlier, current);
            case FIXED, STRING, BYTES, INT, LONG, FLOAT, DOUBLE, BOOLEAN, NULL -> {
            }
        }
    }

    private void fieldKept(String place, Schema.Field earlier, Schema current) {
        var path = place + "." + earlier.name();
        var field = current.getField(earlier.name());
        if (field == null) {
            violations.add(path + " is gone");
            return;
        }
        if (earlier.hasDefaultValue() && !Objects.deepEquals(earlier.defaultVal(), field.defaultVal())) {
            violations.add(path + " had another default: records without the field would change their meaning");
        }
        kept(path, earlier.schema(), field.schema());
    }

    private void symbolsKept(String place, Schema earlier, Schema current) {
        var gone = new ArrayList<>(earlier.getEnumSymbols());
        gone.removeAll(current.getEnumSymbols());
        if (!gone.isEmpty()) {
            violations.add(place + " lost the symbols " + gone);
        }
        if (!Objects.equals(earlier.getEnumDefault(), current.getEnumDefault())) {
            violations.add(place + " had another default symbol");
        }
    }

    private void branchesKept(String place, Schema earlier, Schema current) {
        for (var branch : earlier.getTypes()) {
            current.getTypes().stream()
                    .filter(type -> type.getFullName().equals(branch.getFullName()))
                    .findAny()
                    .ifPresentOrElse(type -> kept(place, branch, type),
                            () -> violations.add(place + " may no longer be " + branch.getName()));
        }
    }
}
