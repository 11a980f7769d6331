package dev.microvisor.emulator.api;

import dev.microvisor.catalog.Catalog;
import dev.microvisor.catalog.EnumType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A constant of an enumeration of the API. Implemented by enums that name it as the header does.
 */
public interface ApiConstant {
    /** Name of the enumeration in the catalog, such as {@code MvStatus}. */
    String enumName();

    /** What the header puts before each name, such as {@code MV_STATUS_}. */
    String prefix();

    /** The name without the prefix. */
    String name();

    /** The name as in the header. */
    default String constantName() {
        return prefix() + name();
    }

    /** The number as in the catalog. */
    default int code() {
        return Codes.KNOWN.computeIfAbsent(this, Codes::lookUp);
    }

    /** The constant with a number that firmware gave, if there is one. */
    static <E extends Enum<E> & ApiConstant> Optional<E> fromCode(Class<E> type, int code) {
        return Arrays.stream(type.getEnumConstants()).filter(c -> c.code() == code).findFirst();
    }

    /** Names without prefix, for messages that list what is possible. */
    static <E extends Enum<E> & ApiConstant> List<String> names(Class<E> type) {
        return Arrays.stream(type.getEnumConstants()).map(Enum::name).toList();
    }

    /** Numbers looked up once. */
    final class Codes {
        private static final Map<ApiConstant, Integer> KNOWN = new ConcurrentHashMap<>();

        private Codes() {}

        private static int lookUp(ApiConstant constant) {
            return Catalog.bundled()
                    .enumeration(constant.enumName())
                    .flatMap(e -> e.constant(constant.constantName()))
                    .map(EnumType.Constant::value)
                    .orElseThrow(
                            () ->
                                    new IllegalStateException(
                                            "the catalog has no " + constant.constantName()))
                    .intValue();
        }
    }
}
