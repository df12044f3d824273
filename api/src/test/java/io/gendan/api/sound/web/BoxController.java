package io.gendan.api.sound.web;

import io.gendan.api.Allowed;
import io.gendan.api.Caller;
import io.gendan.api.Unscoped;
import io.gendan.api.sound.Boxes;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import java.util.List;

@Allowed
@RestController
class BoxController {

    private final Boxes boxes;

    BoxController(Boxes boxes) {
        this.boxes = boxes;
    }

    @GetMapping("/boxes")
    List<String> list(Caller caller) {
        return boxes.list(Boxes.scopeOf(caller)).stream().map(box -> box.name()).toList();
    }

    @GetMapping("/colours")
    @Unscoped("The same for everybody")
    List<String> colours() {
        return boxes.colours();
    }
}
