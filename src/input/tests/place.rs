use super::*;

#[test]
fn a_place_is_kept_as_the_steps_that_lead_there() {
    let params = Place::MESSAGE.field("template_params");
    let buttons = params.field("button_params");
    let button = buttons.item(1);
    let field = |name: &str| Step::Field(name.to_owned());
    assert_eq!(
        button.field("payload").steps(),
        [field(""), field("template_params"), field("button_params"), Step::Item(1), field("payload")]
    );
    assert_eq!(Place::Root("conversationId").steps(), [field("conversationId")]);
}

#[test]
fn of_a_long_name_64_characters_are_kept() {
    let steps = Place::MESSAGE.field(&"é".repeat(1000)).steps();
    assert_eq!(steps.last(), Some(&Step::Field("é".repeat(64))));
}
