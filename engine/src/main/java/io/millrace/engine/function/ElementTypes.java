package io.millrace.engine.function;

import io.millrace.offheap.column.ElementType;
import io.millrace.type.RecordType;
import java.util.Optional;

/** From the types that programs declare to the types that columns hold. */
public final class ElementTypes {
    private ElementTypes() {}

    /** The primitive column type for a declared one; empty for texts, bytes, objects, pairs and what is unknown. */
    public static Optional<ElementType> primitiveOf(RecordType declared) {
        return switch (declared.kind()) {
            case INT -> Optional.of(ElementType.INT);
            case LONG -> Optional.of(ElementType.LONG);
            case BOOLEAN -> Optional.of(ElementType.BOOLEAN);
            case DOUBLE -> Optional.of(ElementType.DOUBLE);
            case FLOAT -> Optional.of(ElementType.FLOAT);
            default -> Optional.empty();
        };
    }
}
