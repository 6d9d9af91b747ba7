export function orderForm(form: HTMLFormElement): void {
  const [recognizer] = form.getElementsByTagName('digit-recognizer');
  const [output] = form.getElementsByTagName('output');

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    // What a server would get is new FormData(form): table=7.
    output.value = `Your order goes to table ${recognizer.value}.`;
  });
}
