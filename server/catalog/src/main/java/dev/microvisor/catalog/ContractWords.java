package dev.microvisor.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Says the effects of a call in words. */
final class ContractWords {
    private final Catalog catalog;

    ContractWords(Catalog catalog) {
        this.catalog = catalog;
    }

    /** One sentence for each thing worth knowing; plain outputs are not. */
    List<String> of(SystemCall call) {
        List<String> sentences = new ArrayList<>();
        for (Effect effect : call.effects()) {
            if (effect instanceof Effect.Requires requires) {
                sentences.add(
                        "Needs `%s` to have answered OKAY before.".formatted(requires.call()));
            } else if (effect instanceof Effect.Acquires acquires) {
                sentences.add(acquires(acquires));
            } else if (effect instanceof Effect.Uses uses) {
                sentences.add(uses(uses));
            } else if (effect instanceof Effect.Releases releases) {
                sentences.add(releases(releases));
            } else if (effect instanceof Effect.Borrows borrows) {
                sentences.add(borrows(borrows));
            } else if (effect instanceof Effect.State state) {
                sentences.add(
                        "After %s the %s is %s."
                                .formatted(
                                        list(state.statuses(), "or"),
                                        noun(resourceOf(call, state.place())),
                                        state.state()));
            }
        }
        sentences.add(
                switch (call.tier()) {
                    case MUST_CHECK -> "The status must be checked.";
                    case SHOULD_CHECK -> "The status should be checked.";
                    case MAY_IGNORE -> "The status may be ignored, best with a `(void)` cast.";
                });
        sentences.add(
                switch (call.context()) {
                    case REFUSED ->
                            "In an interrupt handler it does nothing and answers"
                                    + " `MV_STATUS_UNAVAILABLE`.";
                    case UNDOCUMENTED ->
                            "What it does in an interrupt handler is documented nowhere; set a"
                                    + " flag there and call it from the main program.";
                });
        return sentences;
    }

    private String acquires(Effect.Acquires acquires) {
        Resource resource = catalog.resource(acquires.resource()).orElseThrow();
        String limit =
                resource.maxLive() > 0
                        ? ", of which %d may be live".formatted(resource.maxLive())
                        : "";
        String release =
                catalog.calls().stream()
                        .filter(
                                call ->
                                        call.effects().stream()
                                                .anyMatch(
                                                        e ->
                                                                e instanceof Effect.Releases r
                                                                        && r.resource()
                                                                                .equals(
                                                                                        resource
                                                                                                .id())))
                        .map(call -> "`" + call.name() + "`")
                        .collect(Collectors.joining(" or "));
        return "Gives a new %s in `%s`%s; give it back with %s."
                .formatted(noun(resource.id()), acquires.place(), limit, release);
    }

    private static String uses(Effect.Uses uses) {
        String kind = uses.kind().isEmpty() ? "" : " of type `%s`".formatted(uses.kind());
        String states =
                uses.states().isEmpty() ? "" : " in state " + String.join(" or ", uses.states());
        return "Needs a live %s%s%s in `%s`."
                .formatted(noun(uses.resource()), kind, states, uses.place());
    }

    private static String releases(Effect.Releases releases) {
        return "With %s the %s ends and `%s` becomes 0."
                .formatted(
                        list(releases.statuses(), "or"),
                        noun(releases.resource()),
                        releases.place());
    }

    private static String borrows(Effect.Borrows borrows) {
        String until =
                borrows.until().isEmpty()
                        ? "for as long as the application runs"
                        : "until the %s is closed".formatted(noun(borrows.until()));
        String write = borrows.writeProtected() ? "; a write into it crashes the application" : "";
        return "`%s` belongs to Microvisor %s%s.".formatted(borrows.place(), until, write);
    }

    private String resourceOf(SystemCall call, String place) {
        String type = call.parameter(place).map(Parameter::type).orElse("");
        return catalog.resources().stream()
                .filter(r -> r.handleType().equals(CType.of(type).base()))
                .map(Resource::id)
                .findFirst()
                .orElse(place);
    }

    private static String noun(String resource) {
        return resource.replace('-', ' ');
    }

    private static String list(List<String> constants, String conjunction) {
        return constants.stream()
                .map(c -> "`" + c + "`")
                .collect(Collectors.joining(" " + conjunction + " "));
    }
}
