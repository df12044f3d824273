package io.gendan.ticket.web;

import io.gendan.api.Allowed;
import io.gendan.api.Unscoped;
import io.gendan.ticket.Categories;
import io.gendan.ticket.Categories.Category;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import java.util.List;

@RestController
@RequestMapping("/api/categories")
@Allowed
class CategoryController {

    private final Categories categories;

    record Taxonomy(List<Category> items) {}

    CategoryController(Categories categories) {
        this.categories = categories;
    }

    @GetMapping
    @Unscoped("reference data, nothing of customers in it")
    Taxonomy list() {
        return new Taxonomy(categories.all());
    }
}
