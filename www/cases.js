// Two invented cases, to have something to attach files to.

export const cases = [
  {
    key: "caseArn",
    number: "Case 4021",
    title: "Coffee machine arrived with a cracked tank",
    facts: { Customer: "Ada Lindqvist", Status: "Open", Priority: "High", Owner: "You", "Due": "Today, 17:00" },
    to: "ada.lindqvist@example.com",
    feed: [
      ["Ada Lindqvist", "10:42", "Email", "The tank leaks from a crack near the lid. I can send photos and the receipt, where should they go?"],
      ["Noor Haddad", "10:58", "Note", "Asked for photos. Replacement is in stock in the Gothenburg warehouse."],
      ["Ada Lindqvist", "11:15", "Phone", "Called in, 6 min. Confirmed the delivery address. Wants a replacement, no refund."],
      ["Flow", "11:16", "Update", "Status changed from New to Open. Priority set to High."],
    ],
  },
  {
    key: "secondCaseArn",
    number: "Case 4022",
    title: "Invoice shows the wrong company name",
    facts: { Customer: "Ilmari Oy", Status: "Waiting", Priority: "Normal", Owner: "You", "Due": "Monday" },
    to: "accounts@ilmari.example",
    feed: [
      ["Ilmari Oy", "Yesterday", "Email", "Our name changed in March. Please issue the invoice again, the registration is attached to our first mail."],
      ["You", "Yesterday", "Note", "Forwarded to billing. Needs the signed registration as PDF."],
    ],
  },
];
